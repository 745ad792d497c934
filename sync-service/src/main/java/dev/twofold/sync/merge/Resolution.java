package dev.twofold.sync.merge;

import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;

/**
 * What a person decided about two values that differ: which side's is to stand. It answers those
 * two values alone, so it may come late, early or twice: once either side holds something else, it
 * says nothing any more.
 *
 * @param at when the person decided, on our clock
 */
public record Resolution(FieldValue hubspot, FieldValue stripe, Side winner, Instant at) {

  /** The value that is to stand. */
  public FieldValue winning() {
    return winner == Side.HUBSPOT ? hubspot : stripe;
  }
}
