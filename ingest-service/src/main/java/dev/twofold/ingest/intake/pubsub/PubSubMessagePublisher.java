package dev.twofold.ingest.intake.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import dev.twofold.ingest.intake.DeliveryMessage;
import dev.twofold.ingest.intake.MessagePublisher;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to Pub/Sub and waits for its acknowledgement. The connection is opened ahead of the
 * first delivery; if that fails, the next delivery tries again. A publish that is not acknowledged
 * in time is given up.
 */
final class PubSubMessagePublisher implements MessagePublisher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PubSubMessagePublisher.class);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(4);

  private final Supplier<PubSubConnection> connector;
  private final AtomicReference<@Nullable FutureTask<PubSubConnection>> connection =
      new AtomicReference<>();

  PubSubMessagePublisher(Supplier<PubSubConnection> connector) {
    this.connector = connector;
  }

  /** Begins to open the connection, and waits for nothing. */
  void openAhead() {
    var _ = opening();
  }

  @Override
  public PublishOutcome publish(DeliveryMessage message, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    FutureTask<PubSubConnection> opening = opening();
    PubSubConnection open;
    try {
      open = opening.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return new PublishOutcome.Unacknowledged("the Pub/Sub client was not ready within " + within);
    } catch (ExecutionException failed) {
      LOG.error("The Pub/Sub client could not be opened", failed.getCause());
      return new PublishOutcome.Unacknowledged("the Pub/Sub client could not be opened");
    } catch (InterruptedException stopping) {
      return interrupted();
    }
    return await(open, open.publish(toPubSub(message)), deadline, within);
  }

  private PublishOutcome await(
      PubSubConnection open, ApiFuture<String> publish, long deadline, Duration within) {
    try {
      return new PublishOutcome.Acknowledged(
          publish.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      publish.cancel(false);
      open.renew();
      return new PublishOutcome.Unacknowledged("Pub/Sub did not acknowledge within " + within);
    } catch (ExecutionException failed) {
      open.renew();
      return new PublishOutcome.Unacknowledged(cause(failed));
    } catch (InterruptedException stopping) {
      publish.cancel(false);
      return interrupted();
    }
  }

  /** The opening under way or done; at most one is under way, on a thread of its own. */
  private FutureTask<PubSubConnection> opening() {
    while (true) {
      FutureTask<PubSubConnection> current = connection.get();
      if (current != null && current.state() != Future.State.FAILED) {
        return current;
      }
      FutureTask<PubSubConnection> opening = new FutureTask<>(connector::get);
      if (connection.compareAndSet(current, opening)) {
        Thread.startVirtualThread(opening);
        return opening;
      }
    }
  }

  private static PubsubMessage toPubSub(DeliveryMessage message) {
    return PubsubMessage.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(message.body().bytes()))
        .putAllAttributes(message.attributes())
        .build();
  }

  private static String cause(ExecutionException failed) {
    return failed.getCause() instanceof ApiException refused
        ? "Pub/Sub answered " + refused.getStatusCode().getCode()
        : "publishing failed with " + failed.getCause();
  }

  private static PublishOutcome interrupted() {
    Thread.currentThread().interrupt();
    return new PublishOutcome.Unacknowledged("the service is stopping");
  }

  /** Called after the web server has let its last request go. */
  @Override
  public void close() {
    FutureTask<PubSubConnection> opened = connection.get();
    if (opened == null) {
      return;
    }
    try {
      if (!opened.get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS).close(CLOSE_WITHIN)) {
        LOG.warn("The Pub/Sub client did not end within {}", CLOSE_WITHIN);
      }
    } catch (ExecutionException | TimeoutException neverOpened) {
      LOG.info("The Pub/Sub client was never open: {}", neverOpened.toString());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      LOG.warn("Closing the Pub/Sub client was interrupted", hurried);
    }
  }
}
