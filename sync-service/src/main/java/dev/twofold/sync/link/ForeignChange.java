package dev.twofold.sync.link;

import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.Map;

/**
 * Somebody else changed these properties of a record to these values.
 *
 * @param at when, on the side's own clock
 */
public record ForeignChange(Side side, Map<String, String> values, Instant at) {

  public ForeignChange {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    return "ForeignChange[" + side + ", " + values.keySet() + ", " + at + "]";
  }
}
