package dev.twofold.sync.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time in which a call to a side took effect, on that side's own clock: not before {@code
 * from}, not after {@code to}.
 */
public record CallSpan(Instant from, Instant to) {

  public CallSpan {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a span ends after it begins: " + from + " to " + to);
    }
  }

  /**
   * The span of a call, from the {@code Date} header of its answer. The header was written between
   * sending and receiving, to the whole second, so the effect lies within the call's own length
   * around it; our clock is used for lengths only, never for the side's time.
   *
   * @param answerDate the answer's {@code Date}, truncated to seconds by HTTP
   * @param took from sending the call to its answer, on our clock
   */
  public static CallSpan around(Instant answerDate, Duration took) {
    return new CallSpan(answerDate.minus(took), answerDate.plus(took).plusMillis(999));
  }

  /**
   * The same span for a side that tells its changes to the whole second: one made after the span
   * began may bear the time of that second's beginning.
   */
  public CallSpan inWholeSeconds() {
    return new CallSpan(from.truncatedTo(ChronoUnit.SECONDS), to);
  }

  /** The same end, with a beginning earlier by that much: since the call was first sent. */
  public CallSpan startingEarlier(Duration by) {
    return new CallSpan(from.minus(by), to);
  }
}
