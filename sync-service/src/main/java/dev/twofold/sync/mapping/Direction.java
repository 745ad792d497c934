package dev.twofold.sync.mapping;

import dev.twofold.sync.record.Side;

/** Which way a field travels. */
public enum Direction {
  /** Both ways. */
  BOTH,
  /** From HubSpot to Stripe only; HubSpot's value always wins. */
  TO_STRIPE,
  /** From Stripe to HubSpot only; Stripe's value always wins. */
  TO_HUBSPOT,
  /** To whichever side is empty when both first meet, and never again. */
  ONCE,
  /** Not at all. */
  OFF;

  /** Whether a value may be written to that side. */
  public boolean allowsWritingTo(Side target) {
    return switch (this) {
      case BOTH, ONCE -> true;
      case TO_STRIPE -> target == Side.STRIPE;
      case TO_HUBSPOT -> target == Side.HUBSPOT;
      case OFF -> false;
    };
  }

  /** Whether one side is the source and the other only its copy. */
  public boolean isOneWay() {
    return this == TO_STRIPE || this == TO_HUBSPOT;
  }
}
