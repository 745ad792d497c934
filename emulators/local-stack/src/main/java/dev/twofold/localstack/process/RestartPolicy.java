package dev.twofold.localstack.process;

import java.time.Duration;

/**
 * How long to wait before a dead process is started again: not at all when it had lived for a
 * while, as Cloud Run does, and ever longer when it keeps dying at once.
 *
 * @param firstWait the wait after the second early death in a row
 * @param waitMax what doubling stops at
 * @param steadyAfter a life at least this long clears the count of early deaths
 */
public record RestartPolicy(Duration firstWait, Duration waitMax, Duration steadyAfter) {
  /** At once, then 0.5 s, 1 s, 2 s … 15 s; ten seconds of life count as steady. */
  public static final RestartPolicy STANDARD =
      new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofSeconds(10));

  private static final int DOUBLINGS_MAX = 20;

  /** Refuses waits that could never pass or never grow. */
  public RestartPolicy {
    if (firstWait.isNegative() || firstWait.isZero() || waitMax.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "Expected 0 < firstWait <= waitMax, got " + firstWait + " and " + waitMax);
    }
  }

  /** Counts a death: early ones in a row add up, a steady life starts over. */
  public int earlyDeathsAfter(int earlyDeathsBefore, Duration lived) {
    return lived.compareTo(steadyAfter) >= 0 ? 0 : earlyDeathsBefore + 1;
  }

  /** The wait before the next start. */
  public Duration waitAfter(int earlyDeaths) {
    if (earlyDeaths <= 1) {
      return Duration.ZERO;
    }
    int doublings = Math.min(earlyDeaths - 2, DOUBLINGS_MAX);
    Duration wait = firstWait.multipliedBy(1L << doublings);
    return wait.compareTo(waitMax) > 0 ? waitMax : wait;
  }
}
