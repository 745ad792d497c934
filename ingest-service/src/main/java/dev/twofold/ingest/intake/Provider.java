package dev.twofold.ingest.intake;

/** Who sends webhooks, and under which names their deliveries are published and counted. */
public enum Provider {
  HUBSPOT("hubspot", "dev.twofold.hubspot.delivery"),
  STRIPE("stripe", "dev.twofold.stripe.delivery");

  private final String label;
  private final String messageType;

  Provider(String label, String messageType) {
    this.label = label;
    this.messageType = messageType;
  }

  /** The name in paths, metrics and logs. */
  public String label() {
    return label;
  }

  /** The CloudEvents type of a delivery. */
  public String messageType() {
    return messageType;
  }
}
