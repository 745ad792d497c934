package dev.twofold.localstack.pump;

import java.time.Duration;

/**
 * What a push subscription says about its deliveries. Refuses what the service would refuse.
 *
 * @param endpoint where messages are posted to
 * @param ackDeadline how long an answer may take
 * @param backoffMin how long a refused message waits for its second push
 * @param backoffMax how long a refused message waits, at most
 * @param attemptsMax after how many pushes a message goes to the dead-letter topic
 */
public record PumpSettings(
    String endpoint,
    Duration ackDeadline,
    Duration backoffMin,
    Duration backoffMax,
    int attemptsMax) {
  private static final Duration BACKOFF_LIMIT = Duration.ofMinutes(10);
  private static final int DOUBLINGS_MAX = 40;

  /** Checks the bounds of the Pub/Sub API. */
  public PumpSettings {
    if (ackDeadline.compareTo(Duration.ofSeconds(10)) < 0
        || ackDeadline.compareTo(BACKOFF_LIMIT) > 0) {
      throw new IllegalArgumentException(
          "an acknowledgement deadline is 10 to 600 s, not " + ackDeadline);
    }
    if (backoffMin.isNegative()
        || backoffMax.compareTo(backoffMin) < 0
        || backoffMax.compareTo(BACKOFF_LIMIT) > 0) {
      throw new IllegalArgumentException(
          "backoffs are 0 to 600 s, the least first, not %s and %s"
              .formatted(backoffMin, backoffMax));
    }
    if (attemptsMax < 5 || attemptsMax > 100) {
      throw new IllegalArgumentException(
          "a message is pushed 5 to 100 times before it is a dead letter, not " + attemptsMax);
    }
  }

  /** How long a message waits that was refused for that many times, counted from one. */
  Duration backoff(int attempts) {
    double nanos = backoffMin.toNanos() * Math.pow(2, Math.min(attempts - 1, DOUBLINGS_MAX));
    return nanos >= backoffMax.toNanos() ? backoffMax : Duration.ofNanos((long) nanos);
  }
}
