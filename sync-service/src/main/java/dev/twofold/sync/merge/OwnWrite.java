package dev.twofold.sync.merge;

import dev.twofold.sync.record.CallSpan;

/**
 * The last value we wrote to a property, and the span in which that took effect.
 *
 * @param orphaned whether the record it was copied from is no longer across
 */
public record OwnWrite(String value, CallSpan span, boolean orphaned) {

  /** A write that copies the record across. */
  public OwnWrite(String value, CallSpan span) {
    this(value, span, false);
  }

  @Override
  public String toString() {
    return "OwnWrite[" + span + ", " + value.length() + " characters]";
  }
}
