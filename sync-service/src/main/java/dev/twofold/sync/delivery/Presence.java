package dev.twofold.sync.delivery;

import dev.twofold.sync.tenant.WritesRegister;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes this process known to the other writes processes, and knows among how many the accounts'
 * limits are to be shared. There should be one; a deploy or a frozen one that wakes can make two.
 */
public final class Presence {

  /** Next to nothing, until every other process has heard of this one. */
  private static final int UNHEARD_SHARE = 1_000;

  private final WritesRegister register;
  private final InstantSource clock;
  private final String process;
  private volatile Instant quietUntil = Instant.MIN;
  private volatile int alive = 1;
  private int counted = 1;

  /**
   * A presence that nobody knows of yet.
   *
   * @param process names this process; never used by another
   */
  public Presence(WritesRegister register, InstantSource clock, String process) {
    this.register = register;
    this.clock = clock;
    this.process = process;
  }

  /** Registers, and keeps nearly still for a heartbeat where another process is at work. */
  public void begin() {
    Instant now = clock.instant();
    beat();
    if (alive > 1) {
      quietUntil = now.plus(WritesRegister.HEARTBEAT);
    }
  }

  /**
   * Says that this process is alive, and counts the others. To be called each heartbeat. One that
   * has just ended still counts once: its last calls are in the same second as ours.
   */
  public synchronized void beat() {
    Instant now = clock.instant();
    register.register(process, now);
    int before = counted;
    counted = Math.max(1, register.alive(now));
    alive = Math.max(before, counted);
  }

  /** Says that this process ends. */
  public void end() {
    register.leave(process);
  }

  /** Among how many processes the limits are shared. */
  public int share() {
    return clock.instant().isBefore(quietUntil) ? UNHEARD_SHARE : alive;
  }
}
