package dev.twofold.ingest.intake.pubsub;

import com.google.api.core.ApiFuture;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An open publisher and the one channel below it. */
final class PubSubConnection {

  /** New connections are cheap, but not so cheap that every one of a burst should ask for one. */
  private static final long RENEW_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Publisher publisher;
  private final ManagedChannel channel;
  private final AtomicLong renewedAt = new AtomicLong(System.nanoTime() - RENEW_INTERVAL_NANOS);

  PubSubConnection(Publisher publisher, ManagedChannel channel) {
    this.publisher = publisher;
    this.channel = channel;
  }

  ApiFuture<String> publish(PubsubMessage message) {
    return publisher.publish(message);
  }

  /**
   * Lets the next call open a new connection at once. Without this, gRPC waits up to two minutes
   * before it looks again for a server that was away, and keeps using a connection that went
   * silent. Calls under way on the old one go on.
   */
  void renew() {
    long last = renewedAt.get();
    long now = System.nanoTime();
    if (now - last >= RENEW_INTERVAL_NANOS && renewedAt.compareAndSet(last, now)) {
      channel.enterIdle();
    }
  }

  /** Waits for the answers to what was sent, and closes; answers whether all of them came. */
  boolean close(Duration within) throws InterruptedException {
    publisher.shutdown();
    boolean answered = publisher.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    // Nothing is left on it; an orderly end would linger five seconds over a renewed connection.
    channel.shutdownNow();
    return answered;
  }
}
