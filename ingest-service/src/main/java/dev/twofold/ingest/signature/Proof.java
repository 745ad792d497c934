package dev.twofold.ingest.signature;

import java.util.List;

/**
 * What a request brought to prove who sent it, as received and not yet believed. Headers are lists
 * because a sender may repeat one; anything but exactly one is rejected by the checks.
 */
public sealed interface Proof {

  /**
   * HubSpot's headers, with the method and the full external URL that HubSpot called.
   *
   * @param version the {@code X-HubSpot-Signature-Version} that belongs to {@code signature}
   */
  record FromHubSpot(
      String method,
      String url,
      List<String> signatureV3,
      List<String> timestamp,
      List<String> signature,
      List<String> version)
      implements Proof {}

  /** The {@code Stripe-Signature} header. */
  record FromStripe(List<String> signature) implements Proof {}
}
