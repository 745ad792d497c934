package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When a failed task is tried again and when it is given up. As in the real service a zero counts
 * as unset and becomes the default; {@code maxAttempts} of -1 means without end.
 */
public record RetryPolicy(
    int maxAttempts,
    Duration maxRetryDuration,
    Duration minBackoff,
    Duration maxBackoff,
    int maxDoublings) {

  private static final int ATTEMPTS_DEFAULT = 100;
  private static final int DOUBLINGS_DEFAULT = 16;
  private static final Duration MIN_BACKOFF_DEFAULT = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF_DEFAULT = Duration.ofHours(1);

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  public RetryPolicy {
    if (maxAttempts < -1) {
      throw Refusals.invalid("RetryConfig.maxAttempts must be greater or equal to -1.");
    }
    if (maxDoublings < 0) {
      throw Refusals.invalid("RetryConfig.maxDoublings cannot be negative.");
    }
    if (maxRetryDuration.isNegative()) {
      throw Refusals.invalid("RetryConfig.maxRetryDuration cannot be negative.");
    }
    if (minBackoff.isNegative()) {
      throw Refusals.invalid("RetryConfig.minBackoff cannot be negative.");
    }
    if (maxBackoff.isNegative()) {
      throw Refusals.invalid("RetryConfig.maxBackoff cannot be negative.");
    }
    maxAttempts = maxAttempts == 0 ? ATTEMPTS_DEFAULT : maxAttempts;
    maxDoublings = maxDoublings == 0 ? DOUBLINGS_DEFAULT : maxDoublings;
    minBackoff = minBackoff.isZero() ? MIN_BACKOFF_DEFAULT : minBackoff;
    maxBackoff = maxBackoff.isZero() ? MAX_BACKOFF_DEFAULT : maxBackoff;
    if (minBackoff.compareTo(maxBackoff) > 0) {
      throw Refusals.invalid(
          "RetryConfig.minBackoff must be less than or equal to RetryConfig.maxBackoff.");
    }
  }

  /**
   * The wait after the given number of failed attempts: it doubles {@code maxDoublings} times, then
   * grows by the last doubling's step, and never exceeds {@code maxBackoff}.
   */
  public Duration delayAfter(int failedAttempts) {
    if (failedAttempts < 1) {
      throw new IllegalArgumentException("no delay before a first failure: " + failedAttempts);
    }
    double doubled = Math.pow(2, Math.min(failedAttempts - 1, maxDoublings));
    double linear = Math.max(0, failedAttempts - 1 - maxDoublings) * Math.pow(2, maxDoublings);
    double nanos = toNanos(minBackoff) * (doubled + linear);
    return nanos >= toNanos(maxBackoff) ? maxBackoff : Duration.ofNanos(Math.round(nanos));
  }

  /**
   * Whether no further attempt follows. Both conditions must hold where both are set: five attempts
   * and an hour means at least five attempts and for at least an hour.
   */
  public boolean isExhausted(int attempts, Instant firstAttemptAt, Instant now) {
    boolean attemptsLimited = maxAttempts != -1;
    boolean durationLimited = !maxRetryDuration.isZero();
    if (!attemptsLimited && !durationLimited) {
      return false;
    }
    boolean attemptsUsed = !attemptsLimited || attempts >= maxAttempts;
    boolean durationUsed = !durationLimited || !now.isBefore(firstAttemptAt.plus(maxRetryDuration));
    return attemptsUsed && durationUsed;
  }

  // As double: a backoff of decades must not overflow.
  private static double toNanos(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNano();
  }
}
