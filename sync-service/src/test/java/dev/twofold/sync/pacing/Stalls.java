package dev.twofold.sync.pacing;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Threads of a starved machine: now and then one does not go on for 5 to 50 ms. */
final class Stalls implements Parking {

  private final double share;
  private final Random random;

  Stalls(double share, long seed) {
    this.share = share;
    this.random = new Random(seed);
  }

  /** Holds the calling thread, or not. */
  void stall() {
    if (random.nextDouble() >= share) {
      return;
    }
    long until = System.nanoTime() + random.nextLong(5_000_000, 50_000_000);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void park(long nanos) {
    Parking.THREADS.park(nanos);
    stall();
  }

  @Override
  public void wake(Thread thread) {
    Parking.THREADS.wake(thread);
  }
}
