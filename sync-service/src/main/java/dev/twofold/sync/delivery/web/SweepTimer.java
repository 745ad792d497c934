package dev.twofold.sync.delivery.web;

import dev.twofold.sync.delivery.DeliverySettings;
import dev.twofold.sync.delivery.Sweep;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.Connections;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sweeps each minute where no scheduler calls. Counts from the end of a sweep to the next. */
@Component
@ConditionalOnWebApplication
@InRole(Role.WRITES)
final class SweepTimer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SweepTimer.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Sweep sweep;
  private final Connections connections;
  private final boolean wanted;
  private volatile boolean running;
  private volatile ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sweep").factory());

  SweepTimer(Sweep sweep, Connections connections, DeliverySettings settings) {
    this.sweep = sweep;
    this.connections = connections;
    this.wanted = settings.sweepTimer();
  }

  @Override
  public void start() {
    running = true;
    if (wanted) {
      long period = PERIOD.toMillis();
      var _ = timer.scheduleWithFixedDelay(this::sweepAll, period, period, TimeUnit.MILLISECONDS);
    }
  }

  private void sweepAll() {
    for (TenantId tenant : connections.tenants()) {
      try {
        var _ = sweep.sweep(tenant);
      } catch (RuntimeException failure) {
        LOG.warn("the sweep of {} failed and is tried again in a minute", tenant, failure);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
