package dev.twofold.sync.pacing;

import java.time.Duration;

/**
 * How an account is paced. Refuses what could not work.
 *
 * @param limit calls the account allows in any second
 * @param margin what is added to the second between a call and the one <em>limit</em> before it;
 *     half of it swallows late timers, the other half the way to the provider
 * @param waitMax the longest a call is held before it is refused instead
 * @param waitersMax how many calls may be held at a time
 */
public record PaceSettings(int limit, Duration margin, Duration waitMax, int waitersMax) {

  /** The highest limit that can be kept. */
  public static final int LIMIT_MAX = 1000;

  public PaceSettings {
    refuseLimit(limit);
    if (margin.isNegative() || margin.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException("expected a margin of 0 to 1 s, came " + margin);
    }
    if (waitMax.isNegative() || waitMax.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("expected a wait of 0 to 5 min, came " + waitMax);
    }
    if (waitersMax < 1 || waitersMax > 10_000) {
      throw new IllegalArgumentException("expected 1 to 10000 waiters, came " + waitersMax);
    }
  }

  /** The defaults for that limit: 40 ms margin, 10 s and 400 calls held at most. */
  public static PaceSettings of(int limit) {
    return new PaceSettings(limit, Duration.ofMillis(40), Duration.ofSeconds(10), 400);
  }

  static void refuseLimit(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException(
          "expected a limit of 1 to %d calls a second, came %d".formatted(LIMIT_MAX, limit));
    }
  }
}
