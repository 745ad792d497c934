package dev.twofold.sync.failure;

/**
 * How a piece of work goes on, and the HTTP status that tells the queue so. A 4xx other than 429
 * lets one Cloud Tasks task back off by itself; 429 and 503 slow its whole queue.
 *
 * @see <a href="https://docs.cloud.google.com/tasks/docs/common-pitfalls">Cloud Tasks pitfalls</a>
 */
public enum Redelivery {
  /** It is finished, or where a person will see it. */
  DONE(204),
  /** This record's own trouble: it alone comes again, later and later. */
  AGAIN_ALONE(409),
  /** The provider asks for fewer calls: everything comes again, more slowly. */
  AGAIN_ALL_SLOWER(429),
  /** The provider or our store is down: everything comes again, more slowly. */
  AGAIN_ALL(503);

  private final int status;

  Redelivery(int status) {
    this.status = status;
  }

  /** The status to answer the queue with. */
  public int status() {
    return status;
  }

  /** What an exception that reached the endpoint means for the queue. */
  public static Redelivery of(RuntimeException failure) {
    return switch (failure) {
      case RetryableFailure retryable ->
          retryable.stage() == Stage.CALLING ? AGAIN_ALONE : AGAIN_ALL;
      default -> AGAIN_ALONE;
    };
  }
}
