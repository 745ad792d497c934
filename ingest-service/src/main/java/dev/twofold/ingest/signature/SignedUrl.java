package dev.twofold.ingest.signature;

import java.util.Map;

/**
 * Brings a URL into the form that HubSpot signs: exactly the escapes in HubSpot's list are decoded
 * (developers.hubspot.com, "Validating requests"), once, and every other escape stays as it is.
 */
final class SignedUrl {

  private static final Map<String, String> DECODED =
      Map.ofEntries(
          Map.entry("%3A", ":"),
          Map.entry("%2F", "/"),
          Map.entry("%3F", "?"),
          Map.entry("%40", "@"),
          Map.entry("%21", "!"),
          Map.entry("%24", "$"),
          Map.entry("%27", "'"),
          Map.entry("%28", "("),
          Map.entry("%29", ")"),
          Map.entry("%2A", "*"),
          Map.entry("%2C", ","),
          Map.entry("%3B", ";"));

  private SignedUrl() {}

  static String of(String url) {
    StringBuilder signed = new StringBuilder(url.length());
    int at = 0;
    while (at < url.length()) {
      String escape = url.substring(at, Math.min(at + 3, url.length()));
      String decoded = DECODED.get(escape);
      if (decoded == null) {
        signed.append(url.charAt(at));
        at += 1;
      } else {
        signed.append(decoded);
        at += 3;
      }
    }
    return signed.toString();
  }
}
