package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.Proof;

/** A webhook request as it arrived: for whom, with what proof, its body still unread. */
public record Delivery(String tenant, Proof proof, DeliveryBody body) {

  /** The provider whose kind of proof was brought. */
  public Provider provider() {
    return switch (proof) {
      case Proof.FromHubSpot _ -> Provider.HUBSPOT;
      case Proof.FromStripe _ -> Provider.STRIPE;
    };
  }
}
