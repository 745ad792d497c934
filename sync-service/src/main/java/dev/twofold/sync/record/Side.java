package dev.twofold.sync.record;

import java.util.Locale;

/** One of the two systems that are kept equal. */
public enum Side {
  HUBSPOT,
  STRIPE;

  /** The system across. */
  public Side other() {
    return this == HUBSPOT ? STRIPE : HUBSPOT;
  }

  /** The lower-case name used in document ids, URLs and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The side of a label as {@link #label()} writes it.
   *
   * @throws IllegalArgumentException if no side has that label
   */
  public static Side ofLabel(String label) {
    for (Side side : values()) {
      if (side.label().equals(label)) {
        return side;
      }
    }
    throw new IllegalArgumentException("expected hubspot or stripe, came '" + label + "'");
  }
}
