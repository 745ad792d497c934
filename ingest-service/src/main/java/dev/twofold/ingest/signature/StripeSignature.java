package dev.twofold.ingest.signature;

import static dev.twofold.ingest.signature.Digests.hmacSha256;
import static dev.twofold.ingest.signature.Digests.sameText;
import static dev.twofold.ingest.signature.Digests.utf8;

import dev.twofold.ingest.signature.SignatureCheck.Authentic;
import dev.twofold.ingest.signature.SignatureCheck.Rejected;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks the {@code Stripe-Signature} header (docs.stripe.com/webhooks). Any {@code v1} value made
 * with any of the secrets is enough, because Stripe sends one per active secret while one is
 * rolled; {@code v0} and unknown schemes prove nothing. Every malformed header is rejected, none
 * throws: Stripe's own library lets several escape as unexpected exceptions.
 */
public final class StripeSignature {

  private static final Rejected MALFORMED =
      new Rejected("The Stripe-Signature header is not of the form t=<seconds>,v1=<signature>.");

  private final InstantSource clock;

  public StripeSignature(InstantSource clock) {
    this.clock = clock;
  }

  /** Authentic only if one value in the one header matches one secret over these very bytes. */
  public SignatureCheck check(List<SigningSecret> secrets, Proof.FromStripe proof, byte[] body) {
    if (proof.signature().isEmpty()) {
      return new Rejected("The Stripe-Signature header is missing.");
    }
    if (proof.signature().size() > 1) {
      return new Rejected("The Stripe-Signature header was sent more than once.");
    }
    return Header.parse(proof.signature().getFirst())
        .map(header -> check(secrets, header, body))
        .orElse(MALFORMED);
  }

  private SignatureCheck check(List<SigningSecret> secrets, Header header, byte[] body) {
    Optional<Instant> signedAt = SigningTime.parse(header.timestamp, Instant::ofEpochSecond);
    if (signedAt.isEmpty()) {
      return new Rejected("The timestamp in the Stripe-Signature header is not a number.");
    }
    // Stripe signs in whole seconds, so the distance is taken in whole seconds too.
    if (!SigningTime.isNear(signedAt.get(), clock.instant().truncatedTo(ChronoUnit.SECONDS))) {
      return new Rejected(
          "The timestamp in the Stripe-Signature header is more than 5 minutes away from now.");
    }
    boolean matches = false;
    byte[] prefix = utf8(header.timestamp + ".");
    for (SigningSecret secret : secrets) {
      String expected = HexFormat.of().formatHex(hmacSha256(secret, prefix, body));
      for (String signature : header.signatures) {
        matches |= sameText(expected, signature);
      }
    }
    return matches
        ? new Authentic()
        : new Rejected("No v1 signature in the Stripe-Signature header fits the body.");
  }

  /** The header taken apart: its one time and all values of the one scheme that counts. */
  private record Header(String timestamp, List<String> signatures) {

    static Optional<Header> parse(String text) {
      List<String> timestamps = new ArrayList<>();
      List<String> signatures = new ArrayList<>();
      for (String element : text.split(",", -1)) {
        int equals = element.indexOf('=');
        if (equals < 0) {
          return Optional.empty();
        }
        String value = element.substring(equals + 1).strip();
        switch (element.substring(0, equals).strip()) {
          case "t" -> timestamps.add(value);
          case "v1" -> signatures.add(value);
          default -> {
            // Other schemes, such as the decoy v0, are to be ignored.
          }
        }
      }
      return timestamps.size() == 1 && !signatures.isEmpty()
          ? Optional.of(new Header(timestamps.getFirst(), List.copyOf(signatures)))
          : Optional.empty();
    }
  }
}
