package dev.twofold.ingest.signature;

import static dev.twofold.ingest.signature.Digests.hmacSha256;
import static dev.twofold.ingest.signature.Digests.sameText;
import static dev.twofold.ingest.signature.Digests.sha256;
import static dev.twofold.ingest.signature.Digests.utf8;

import dev.twofold.ingest.signature.SignatureCheck.Authentic;
import dev.twofold.ingest.signature.SignatureCheck.Rejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks HubSpot's signatures. Version 3 binds method, URL, body and time and is always enough.
 * Version 1 binds the body alone, so a recorded delivery can be played back for ever: it counts
 * only where a setting allows it, and never where a version 3 signature was sent, valid or not.
 */
public final class HubSpotSignature {

  private final InstantSource clock;
  private final boolean versionOneAllowed;

  public HubSpotSignature(InstantSource clock, boolean versionOneAllowed) {
    this.clock = clock;
    this.versionOneAllowed = versionOneAllowed;
  }

  /** Authentic only if the headers fit one secret over this very request. */
  public SignatureCheck check(List<SigningSecret> secrets, Proof.FromHubSpot proof, byte[] body) {
    if (!proof.signatureV3().isEmpty()) {
      return checkVersionThree(secrets, proof, body);
    }
    if (versionOneAllowed && !proof.signature().isEmpty()) {
      return checkVersionOne(secrets, proof, body);
    }
    return new Rejected("The X-HubSpot-Signature-v3 header is missing.");
  }

  private SignatureCheck checkVersionThree(
      List<SigningSecret> secrets, Proof.FromHubSpot proof, byte[] body) {
    if (proof.signatureV3().size() > 1) {
      return new Rejected("The X-HubSpot-Signature-v3 header was sent more than once.");
    }
    if (proof.timestamp().size() != 1) {
      return new Rejected("Exactly one X-HubSpot-Request-Timestamp header is expected.");
    }
    String timestamp = proof.timestamp().getFirst();
    Optional<Instant> signedAt = SigningTime.parse(timestamp, Instant::ofEpochMilli);
    if (signedAt.isEmpty()) {
      return new Rejected("The X-HubSpot-Request-Timestamp header is not a number.");
    }
    if (!SigningTime.isNear(signedAt.get(), clock.instant())) {
      return new Rejected(
          "The X-HubSpot-Request-Timestamp header is more than 5 minutes away from now.");
    }
    byte[] request = utf8(proof.method() + SignedUrl.of(proof.url()));
    boolean matches = false;
    for (SigningSecret secret : secrets) {
      byte[] expected = hmacSha256(secret, request, body, utf8(timestamp));
      matches |=
          sameText(Base64.getEncoder().encodeToString(expected), proof.signatureV3().getFirst());
    }
    return matches
        ? new Authentic()
        : new Rejected("The X-HubSpot-Signature-v3 header does not fit the request.");
  }

  private static SignatureCheck checkVersionOne(
      List<SigningSecret> secrets, Proof.FromHubSpot proof, byte[] body) {
    if (proof.signature().size() > 1 || !proof.version().equals(List.of("v1"))) {
      return new Rejected(
          "Exactly one X-HubSpot-Signature header of X-HubSpot-Signature-Version v1 is expected.");
    }
    boolean matches = false;
    for (SigningSecret secret : secrets) {
      String expected = HexFormat.of().formatHex(sha256(secret.bytes(), body));
      matches |= sameText(expected, proof.signature().getFirst());
    }
    return matches
        ? new Authentic()
        : new Rejected("The X-HubSpot-Signature header does not fit the body.");
  }
}
