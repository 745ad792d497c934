package dev.twofold.sync.delivery.web;

import dev.twofold.sync.delivery.Presence;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.WritesRegister;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps this process registered among those that write. */
@Component
@ConditionalOnWebApplication
@InRole(Role.WRITES)
final class PresenceTimer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceTimer.class);

  private final Presence presence;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("presence").factory());
  private volatile boolean running;

  PresenceTimer(Presence presence) {
    this.presence = presence;
  }

  @Override
  public void start() {
    running = true;
    attempt(presence::begin);
    long beat = WritesRegister.HEARTBEAT.toMillis();
    var _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(presence::beat), beat, beat, TimeUnit.MILLISECONDS);
  }

  /** Without the store nothing can be written anyway, so a missed beat only delays the sharing. */
  private static void attempt(Runnable beat) {
    try {
      beat.run();
    } catch (RuntimeException failure) {
      LOG.warn("the register of writes processes cannot be reached: {}", failure.getMessage());
    }
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    attempt(presence::end);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    // Before the web server takes tasks, and gone after it took its last.
    return SmartLifecycle.DEFAULT_PHASE - 4096;
  }
}
