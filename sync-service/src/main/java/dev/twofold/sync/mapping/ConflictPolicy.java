package dev.twofold.sync.mapping;

/** Who wins where both sides changed a field and disagree. */
public enum ConflictPolicy {
  /** The later change, in whole seconds; HubSpot where neither is later or a time is unknown. */
  LATEST,
  /** HubSpot. */
  HUBSPOT,
  /** Stripe. */
  STRIPE,
  /** Nobody, until a person decides; both sides keep what they have. */
  MANUAL
}
