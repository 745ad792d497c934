package dev.twofold.sync.link;

/** Work that is known but not marked, because the tenant does not write yet. */
public enum Backlog {
  /** The HubSpot record is missing. */
  MISSING_HUBSPOT,
  /** The Stripe record is missing. */
  MISSING_STRIPE,
  /** Both are there and differ, or are to be marked or read. */
  DIFFERS
}
