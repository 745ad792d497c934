package dev.twofold.sync.dispatch.cloudtasks;

import com.google.cloud.tasks.v2.CloudTasksClient;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An open client and the one channel below it. */
final class CloudTasksConnection {

  /** New connections are cheap, but not so cheap that every call of a burst should ask for one. */
  private static final long RENEW_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CloudTasksClient client;
  private final ManagedChannel channel;
  private final AtomicLong renewedAt = new AtomicLong(System.nanoTime() - RENEW_INTERVAL_NANOS);

  CloudTasksConnection(CloudTasksClient client, ManagedChannel channel) {
    this.client = client;
    this.channel = channel;
  }

  CloudTasksClient client() {
    return client;
  }

  /**
   * Lets the next call open a new connection at once. Without this, gRPC waits up to two minutes
   * before it looks again for a server that was away.
   */
  void renew() {
    long last = renewedAt.get();
    long now = System.nanoTime();
    if (now - last >= RENEW_INTERVAL_NANOS && renewedAt.compareAndSet(last, now)) {
      channel.enterIdle();
    }
  }

  /**
   * Ends the client and its channel; answers whether both ended in time. Nothing is under way any
   * more: every call is waited for by its caller.
   */
  boolean close(Duration within) throws InterruptedException {
    client.shutdownNow();
    channel.shutdownNow();
    return channel.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
  }
}
