package dev.twofold.sync.merge;

import java.time.Instant;

/**
 * A foreign change of one property: the value, when it was made on that side's own clock, and
 * whether that time is only where a call first saw it, until the change's own notice tells.
 */
public record Stamp(String value, Instant at, boolean approximate) {

  @Override
  public String toString() {
    return "Stamp[" + at + (approximate ? "~" : "") + ", " + value.length() + " characters]";
  }
}
