package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.Notice;
import dev.twofold.simulators.webhook.WebhookFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ArrayNode;

/**
 * A JSON array of notices under two signatures: version 1 over the body, version 3 over method,
 * public URL, body and the time of this attempt. Ten retries within 24 hours, randomly spaced.
 */
public final class HubSpotWebhookFormat implements WebhookFormat {
  /** Their sum is just under 23 hours; up to five percent of chance keeps the last within 24. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(4),
          Duration.ofHours(5),
          Duration.ofHours(7));

  /** What the URL is searched for before it is signed, exactly these and nothing else. */
  private static final Map<String, String> DECODED = decoded();

  private final String clientSecret;
  private final Supplier<String> signedUrl;

  /** Signs for {@code signedUrl}, the receiver's public address as HubSpot was told it. */
  public HubSpotWebhookFormat(String clientSecret, Supplier<String> signedUrl) {
    this.clientSecret = clientSecret;
    this.signedUrl = signedUrl;
  }

  private static Map<String, String> decoded() {
    Map<String, String> decoded = new LinkedHashMap<>();
    for (char plain : ":/?@!$'()*,;".toCharArray()) {
      decoded.put("%%%02X".formatted((int) plain), String.valueOf(plain));
    }
    return decoded;
  }

  @Override
  public byte[] body(List<Notice> notices, int attempt) {
    ArrayNode array = Json.array();
    for (Notice notice : notices) {
      array.add(notice.body().deepCopy().put("attemptNumber", attempt));
    }
    return Json.bytes(array);
  }

  @Override
  public Map<String, String> headers(byte[] body, Instant now) {
    String timestamp = Long.toString(now.toEpochMilli());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "HubSpot Connect 2.0 (http://dev.hubspot.com/)");
    headers.put("X-HubSpot-Signature", signatureV1(clientSecret, body));
    headers.put("X-HubSpot-Signature-Version", "v1");
    headers.put(
        "X-HubSpot-Signature-v3", signatureV3(clientSecret, signedUrl.get(), body, timestamp));
    headers.put("X-HubSpot-Request-Timestamp", timestamp);
    headers.put("X-HubSpot-Timeout-Millis", "5000");
    return headers;
  }

  @Override
  public Optional<Duration> retryAfter(int attempt, RandomGenerator random) {
    if (attempt >= PAUSES.size()) {
      return Optional.empty();
    }
    double chance = 0.75 + 0.3 * random.nextDouble();
    return Optional.of(Duration.ofMillis((long) (PAUSES.get(attempt).toMillis() * chance)));
  }

  /** Lower-case hex of SHA-256 over secret and body. */
  public static String signatureV1(String secret, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Base64 of HMAC-SHA256 over POST, the partly decoded URL, body and timestamp. */
  public static String signatureV3(String secret, String url, byte[] body, String timestamp) {
    String uri = url;
    for (Map.Entry<String, String> code : DECODED.entrySet()) {
      uri = uri.replace(code.getKey(), code.getValue());
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("POST" + uri).getBytes(StandardCharsets.UTF_8));
      mac.update(body);
      mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
