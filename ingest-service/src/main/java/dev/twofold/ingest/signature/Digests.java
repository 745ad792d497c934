package dev.twofold.ingest.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two digests that providers sign with, over parts that are never copied together. */
final class Digests {

  private Digests() {}

  static byte[] hmacSha256(SigningSecret secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException absent) {
      // Every Java platform must have this algorithm.
      throw new IllegalStateException("HmacSHA256 is not available in this Java runtime", absent);
    }
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("SHA-256 is not available in this Java runtime", absent);
    }
  }

  /** Compares in a time that depends on the lengths only. */
  static boolean sameText(String expected, String received) {
    return MessageDigest.isEqual(utf8(expected), utf8(received));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
