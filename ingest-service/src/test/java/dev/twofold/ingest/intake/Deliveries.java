package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.Proof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Builds signed deliveries the way the providers sign them, written apart from the checks. */
public final class Deliveries {

  public static final String HUBSPOT_SECRET = "11111111-2222-3333-4444-555555555555";
  public static final String STRIPE_SECRET = "whsec_twofold_local";
  public static final String HUBSPOT_BODY =
      """
      [{"eventId":1,"subscriptionType":"contact.creation","objectId":501,"occurredAt":1}]\
      """;
  public static final String STRIPE_BODY =
      """
      {"id":"evt_1","object":"event","type":"customer.created","created":1767225600,
       "data":{"object":{"id":"cus_1","object":"customer","name":"Zoë"}}}\
      """;

  private Deliveries() {}

  public static Proof hubspotProof(String url, byte[] body, Instant signedAt) {
    String timestamp = Long.toString(signedAt.toEpochMilli());
    return new Proof.FromHubSpot(
        "POST",
        url,
        List.of(hubspotSignature(url, body, timestamp)),
        List.of(timestamp),
        List.of(),
        List.of());
  }

  public static String hubspotSignature(String url, byte[] body, String timestamp) {
    return Base64.getEncoder()
        .encodeToString(hmac(HUBSPOT_SECRET, utf8("POST" + url), body, utf8(timestamp)));
  }

  public static Proof stripeProof(byte[] body, Instant signedAt) {
    return new Proof.FromStripe(List.of(stripeSignature(STRIPE_SECRET, body, signedAt)));
  }

  public static String stripeSignature(String secret, byte[] body, Instant signedAt) {
    String timestamp = Long.toString(signedAt.getEpochSecond());
    byte[] signature = hmac(secret, utf8(timestamp + "."), body);
    return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(signature);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(String secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (InvalidKeyException refused) {
      throw new IllegalArgumentException(refused);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
