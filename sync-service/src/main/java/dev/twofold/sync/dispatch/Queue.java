package dev.twofold.sync.dispatch;

import dev.twofold.sync.record.Lane;

/** The queues of a tenant, by the names they bear in {@code terraform/topology.json}. */
public enum Queue {
  HUBSPOT("hubspot"),
  STRIPE_BULK("stripe-bulk"),
  STRIPE_EXPRESS("stripe-express");

  private final String label;

  Queue(String label) {
    this.label = label;
  }

  /** The name in the topology; a tenant's queue id is the tenant's id, a hyphen and this. */
  public String label() {
    return label;
  }

  /** Stripe's queue for that lane. */
  public static Queue stripe(Lane lane) {
    return lane == Lane.EXPRESS ? STRIPE_EXPRESS : STRIPE_BULK;
  }
}
