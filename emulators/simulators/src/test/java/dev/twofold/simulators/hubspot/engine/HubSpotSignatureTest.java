package dev.twofold.simulators.hubspot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HubSpotSignatureTest {
  private static final String SECRET = "11111111-2222-3333-4444-555555555555";
  private static final byte[] BODY =
      ("[{\"eventId\":7001,\"subscriptionId\":41,\"portalId\":900100,\"appId\":77,"
              + "\"occurredAt\":1767225600123,\"subscriptionType\":\"contact.propertyChange\","
              + "\"attemptNumber\":0,\"objectId\":501,\"changeSource\":\"CRM_UI\","
              + "\"sourceId\":\"userId:9\",\"propertyName\":\"firstname\","
              + "\"propertyValue\":\"Zoë\"}]")
          .getBytes(StandardCharsets.UTF_8);
  private static final String URL =
      "https://sync.example.com/hooks/hubspot?tenant=a%3Ab%20c&x=1%2F2";

  @Test
  void signsAsThePublishedAlgorithmsDo() {
    assertThat(BODY).hasSize(267);
    assertThat(HubSpotWebhookFormat.signatureV1(SECRET, BODY))
        .isEqualTo("7945aceed6027f9fe9073d8e7d42864f5f33764ed0b0da47fa65ab91ad0e9269");
    assertThat(HubSpotWebhookFormat.signatureV3(SECRET, URL, BODY, "1767225601000"))
        .isEqualTo("0tinQ+hW/6XXvDI/iekM8LjEkGxLJrHYfNjU6zciDRU=");
  }

  @Test
  void sendsBothSignaturesAndTheTimeOfTheAttempt() {
    HubSpotWebhookFormat format = new HubSpotWebhookFormat(SECRET, () -> URL);

    Map<String, String> headers = format.headers(BODY, Instant.ofEpochMilli(1767225601000L));

    assertThat(headers)
        .containsEntry("X-HubSpot-Signature-Version", "v1")
        .containsEntry(
            "X-HubSpot-Signature",
            "7945aceed6027f9fe9073d8e7d42864f5f33764ed0b0da47fa65ab91ad0e9269")
        .containsEntry("X-HubSpot-Request-Timestamp", "1767225601000")
        .containsEntry("X-HubSpot-Signature-v3", "0tinQ+hW/6XXvDI/iekM8LjEkGxLJrHYfNjU6zciDRU=");
  }

  @Test
  void retriesTenTimesWithinADayWhateverTheChance() {
    HubSpotWebhookFormat format = new HubSpotWebhookFormat(SECRET, () -> URL);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Duration whole = Duration.ZERO;
      for (int attempt = 0; attempt < 10; attempt++) {
        whole = whole.plus(format.retryAfter(attempt, random).orElseThrow());
      }
      assertThat(whole).isBetween(Duration.ofHours(12), Duration.ofHours(24));
      assertThat(format.retryAfter(10, random)).isEqualTo(Optional.empty());
    }
  }
}
