package dev.twofold.sync.record;

/**
 * The properties of a contact that show its latest purchase, where the account has no custom
 * events; {@code setup} makes them.
 */
public enum PurchaseProperty {
  ID("stripe_last_purchase_id", "Stripe last purchase id"),
  AMOUNT("stripe_last_purchase_amount", "Stripe last purchase amount"),
  CURRENCY("stripe_last_purchase_currency", "Stripe last purchase currency"),
  TIME("stripe_last_purchase_at", "Stripe last purchase time");

  private final String property;
  private final String label;

  PurchaseProperty(String property, String label) {
    this.property = property;
    this.label = label;
  }

  /** Its name in HubSpot. */
  public String property() {
    return property;
  }

  /** What people see in HubSpot. */
  public String label() {
    return label;
  }
}
