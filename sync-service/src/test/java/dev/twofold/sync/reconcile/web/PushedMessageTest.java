package dev.twofold.sync.reconcile.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses between the services, against the samples that ingest is tested with. */
class PushedMessageTest {

  private static PushedMessage golden(String name) throws IOException {
    Path file = Path.of("../ingest-service/src/test/resources/golden", name + ".json");
    return PushedMessage.of(Files.readAllBytes(file));
  }

  @Test
  void readsADeliveryOfHubSpotAsIngestPublishesIt() throws IOException {
    Delivery delivery = golden("hubspot-contact-created").delivery();

    assertThat(delivery.from()).isEqualTo(Side.HUBSPOT);
    assertThat(delivery.tenant()).isEqualTo(new TenantId("main"));
    assertThat(delivery.receivedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:01.250Z"));
    assertThat(delivery.body()).startsWith("[{\"eventId\":7002").contains("Müller-Łoś");
  }

  @Test
  void readsADeliveryOfStripeAsIngestPublishesIt() throws IOException {
    Delivery delivery = golden("stripe-customer-updated").delivery();

    assertThat(delivery.from()).isEqualTo(Side.STRIPE);
    assertThat(delivery.body()).contains("\"previous_attributes\"");
  }

  @Test
  void refusesWhatIngestNeverPublishes() {
    assertThatThrownBy(() -> new PushedMessage(null, null).delivery())
        .hasMessageContaining("messageId");
    assertThatThrownBy(() -> message(Map.of("ce-type", "something.else")).delivery())
        .hasMessageContaining("ce-type");
    assertThatThrownBy(() -> message(Map.of("ce-type", "dev.twofold.stripe.delivery")).delivery())
        .hasMessageContaining("ce-time");
    assertThatThrownBy(() ->
            message(Map.of("ce-type", "dev.twofold.stripe.delivery", "ce-time", "yesterday"))
                .delivery())
        .hasMessageContaining("RFC 3339");
  }

  @Test
  void carriesTheTraceOfItsMessage() {
    String trace = "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01";

    Delivery delivery =
        message(
                Map.of(
                    "ce-type", "dev.twofold.stripe.delivery",
                    "ce-time", "2026-01-01T00:00:00Z",
                    "traceparent", trace))
            .delivery();

    assertThat(delivery.trace()).isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"message\": \"anna@example.com\"}", "{\"message\":"})
  void refusesWhatIsNoPushAndQuotesNothingOfIt(String body) {
    assertThatThrownBy(() -> PushedMessage.of(body.getBytes(StandardCharsets.UTF_8)).delivery())
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("expected a ")
        .message()
        .doesNotContain("anna");
  }

  private static PushedMessage message(Map<String, String> attributes) {
    return new PushedMessage(new PushedMessage.Message("1", "e30=", attributes, null), "s");
  }
}
