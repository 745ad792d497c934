package dev.twofold.sync.watch.micrometer;

import java.time.InstantSource;

/** How many calls left in the last minute, counted by whole seconds. Safe for threads. */
final class CallRate {

  private static final int SECONDS = 60;

  private final InstantSource clock;
  private final long[] counts = new long[SECONDS];
  private long newest;

  CallRate(InstantSource clock) {
    this.clock = clock;
    this.newest = now();
  }

  /** One call leaves. */
  synchronized void count() {
    forget();
    counts[Math.floorMod(newest, SECONDS)]++;
  }

  /** Calls a second, over the last minute. */
  synchronized double perSecond() {
    forget();
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return (double) sum / SECONDS;
  }

  /** A clock that is set back keeps counting into the newest second. */
  private void forget() {
    long now = now();
    long passed = Math.min(now - newest, SECONDS);
    for (long second = 1; second <= passed; second++) {
      counts[Math.floorMod(newest + second, SECONDS)] = 0;
    }
    newest = Math.max(newest, now);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
