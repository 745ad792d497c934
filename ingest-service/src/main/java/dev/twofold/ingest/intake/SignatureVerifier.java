package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.HubSpotSignature;
import dev.twofold.ingest.signature.Proof;
import dev.twofold.ingest.signature.SignatureCheck;
import dev.twofold.ingest.signature.SigningSecret;
import dev.twofold.ingest.signature.StripeSignature;
import java.util.List;

/** Sends each kind of proof to the check that understands it. */
public record SignatureVerifier(HubSpotSignature hubspot, StripeSignature stripe) {

  SignatureCheck check(Proof proof, List<SigningSecret> secrets, RawBody body) {
    return switch (proof) {
      case Proof.FromHubSpot fromHubSpot -> hubspot.check(secrets, fromHubSpot, body.bytes());
      case Proof.FromStripe fromStripe -> stripe.check(secrets, fromStripe, body.bytes());
    };
  }
}
