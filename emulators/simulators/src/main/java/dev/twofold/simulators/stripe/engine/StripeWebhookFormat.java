package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.Notice;
import dev.twofold.simulators.webhook.WebhookFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One event per delivery, signed anew for each attempt with every active secret. Retries back off
 * exponentially over three days, as in live mode.
 */
public final class StripeWebhookFormat implements WebhookFormat {
  /** Together with a tenth of chance they stay within three days. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(20),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(7),
          Duration.ofHours(12),
          Duration.ofHours(12),
          Duration.ofHours(12),
          Duration.ofHours(12));

  private List<String> secrets;

  /** Signs with these secrets, of which there is at least one. */
  public StripeWebhookFormat(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** From the next attempt on, as when a secret is rolled. */
  public void changeSecrets(List<String> changed) {
    secrets = List.copyOf(changed);
  }

  public List<String> secrets() {
    return secrets;
  }

  @Override
  public byte[] body(List<Notice> notices, int attempt) {
    return Json.bytes(notices.getFirst().body());
  }

  @Override
  public Map<String, String> headers(byte[] body, Instant now) {
    long timestamp = now.getEpochSecond();
    StringBuilder signature = new StringBuilder("t=" + timestamp);
    for (String secret : secrets) {
      signature.append(",v1=").append(signature(secret, timestamp, body));
    }
    // The sandbox sends a decoy of another scheme, which must be ignored.
    signature.append(",v0=").append(signature("decoy", timestamp, body));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
    headers.put("Accept", "*/*; q=0.5, application/xml");
    headers.put("Cache-Control", "no-cache");
    headers.put("Stripe-Signature", signature.toString());
    return headers;
  }

  @Override
  public Optional<Duration> retryAfter(int attempt, RandomGenerator random) {
    if (attempt >= PAUSES.size()) {
      return Optional.empty();
    }
    double chance = 0.9 + 0.2 * random.nextDouble();
    return Optional.of(Duration.ofMillis((long) (PAUSES.get(attempt).toMillis() * chance)));
  }

  /** Lower-case hex of HMAC-SHA256 over timestamp, a dot and the body. */
  public static String signature(String secret, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
