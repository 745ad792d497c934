package dev.twofold.sync.watch.micrometer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Begins the graceful shutdown before the figures are told for the last time. Spring Boot would
 * close the meters at the first sign of a stop and drain the web server only then: what the last
 * requests count, at each deployment and each time an instance is taken away, would never be
 * exported.
 */
final class RequestsEndFirst implements ApplicationListener<ContextClosedEvent>, Ordered {
  private final Duration patience;

  /** Lets requests go on for that long; what is left then ends as it would have anyway. */
  RequestsEndFirst(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent closed) {
    closed
        .getApplicationContext()
        .getBeanProvider(WebServerGracefulShutdownLifecycle.class)
        .ifAvailable(this::drain);
  }

  private void drain(WebServerGracefulShutdownLifecycle server) {
    if (!server.isRunning()) {
      return;
    }
    CountDownLatch drained = new CountDownLatch(1);
    server.stop(drained::countDown);
    try {
      var _ = drained.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
