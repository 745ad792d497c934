package dev.twofold.sync.pacing;

import java.util.concurrent.locks.LockSupport;

/** A thread that ticks, and knows by how much it was ever late: what the machine did to it. */
final class Ticker {

  private static final long EVERY = 10 * Traffic.MILLISECOND;

  private volatile boolean stopped;
  private volatile long latest;

  private Ticker() {}

  static Ticker start(Thread.Builder threads) {
    Ticker ticker = new Ticker();
    var _ = threads.start(ticker::tick);
    return ticker;
  }

  private void tick() {
    while (!stopped) {
      long due = System.nanoTime() + EVERY;
      for (long left = EVERY; left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      latest = Math.max(latest, System.nanoTime() - due);
    }
  }

  void stop() {
    stopped = true;
  }

  long latestMillis() {
    return latest / Traffic.MILLISECOND;
  }
}
