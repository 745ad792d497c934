package dev.twofold.sync.merge;

import dev.twofold.sync.record.CallSpan;

/** The last value we wrote to a property, and the span in which that took effect. */
public record OwnWrite(String value, CallSpan span) {

  @Override
  public String toString() {
    return "OwnWrite[" + span + ", " + value.length() + " characters]";
  }
}
