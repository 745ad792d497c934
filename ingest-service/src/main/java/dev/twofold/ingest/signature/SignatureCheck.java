package dev.twofold.ingest.signature;

/**
 * The answer of a signature check. A rejection carries one sentence that may be shown to the
 * sender: it says what was wrong with the request and nothing about what was expected.
 */
public sealed interface SignatureCheck {

  /** Signed with one of the tenant's secrets, and recently. */
  record Authentic() implements SignatureCheck {}

  /** Unsigned, forged, altered on the way, or too old. */
  record Rejected(String reason) implements SignatureCheck {}
}
