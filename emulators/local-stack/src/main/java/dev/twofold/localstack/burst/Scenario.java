package dev.twofold.localstack.burst;

import java.util.Locale;

/** What can be played. */
public enum Scenario {
  /** One person's edit a second on each side, and nothing else. */
  EDITS,
  /** Contacts imported into HubSpot within a minute. */
  IMPORT,
  /** Customers and purchases in Stripe for three minutes. */
  PEAK,
  /** Import and peak at once, with a person's edit a second on each side. */
  MIXED,
  /** An import, with form submissions in the same minute. */
  FORMS,
  /** Peak traffic while HubSpot is down, and after. */
  OUTAGE,
  /** A Stripe account full of customers is connected to an empty HubSpot. */
  BACKFILL;

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean imports() {
    return this == IMPORT || this == MIXED || this == FORMS;
  }

  boolean sells() {
    return this == PEAK || this == MIXED || this == OUTAGE;
  }

  boolean edits() {
    return this == EDITS || this == MIXED;
  }
}
