package dev.twofold.cloudtasks.engine;

import java.time.Instant;

/** Counts events of the last minute in whole seconds; memory is sixty numbers. */
final class RateMeter {

  private static final int SECONDS = 60;

  private final long[] counts = new long[SECONDS];
  private final long[] seconds = new long[SECONDS];

  void count(Instant now) {
    long second = now.getEpochSecond();
    int slot = slot(second);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  long lastMinute(Instant now) {
    long sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      long age = now.getEpochSecond() - seconds[slot];
      if (age >= 0 && age < SECONDS) {
        sum += counts[slot];
      }
    }
    return sum;
  }

  /** The last second that is complete: the running one would always look too slow. */
  long lastSecond(Instant now) {
    long second = now.getEpochSecond() - 1;
    int slot = slot(second);
    return seconds[slot] == second ? counts[slot] : 0;
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
