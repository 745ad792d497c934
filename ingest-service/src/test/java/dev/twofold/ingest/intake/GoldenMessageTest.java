package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.ingest.intake.DeliveryBody.BodyRead;
import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.signature.HubSpotSignature;
import dev.twofold.ingest.signature.Proof;
import dev.twofold.ingest.signature.SigningSecret;
import dev.twofold.ingest.signature.StripeSignature;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the golden samples true: each is exactly what this service publishes for that delivery, in
 * the wrapped form in which Pub/Sub pushes it. The sync service's tests read the same files.
 */
class GoldenMessageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hubspot-contact-created",
        "hubspot-contact-lifecycle",
        "stripe-customer-updated",
        "stripe-payment-succeeded"
      })
  void publishesTheGoldenMessage(String name) throws IOException {
    JsonNode message = golden(name).path("message");
    byte[] body = message.path("data").binaryValue();
    Map<String, String> attributes = new LinkedHashMap<>();
    message
        .path("attributes")
        .properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asString()));
    RecordingPublisher publisher = new RecordingPublisher();

    IntakeOutcome outcome = take(attributes, body, publisher);

    assertThat(outcome).isInstanceOf(Accepted.class);
    assertThat(publisher.published).hasSize(1);
    assertThat(publisher.published.getFirst().attributes()).isEqualTo(attributes);
    assertThat(publisher.published.getFirst().body().bytes()).isEqualTo(body);
  }

  private static IntakeOutcome take(
      Map<String, String> attributes, byte[] body, RecordingPublisher publisher) {
    Instant now = Instant.parse(attribute(attributes, "ce-time"));
    String url = "http://127.0.0.1:8080" + attribute(attributes, "ce-source");
    Proof proof =
        attribute(attributes, "ce-type").contains("hubspot")
            ? Deliveries.hubspotProof(url, body, now)
            : Deliveries.stripeProof(body, now);
    return intake(attributes, now, publisher)
        .take(
            new Delivery(
                attribute(attributes, "tenant"),
                proof,
                _ -> new BodyRead.Whole(new RawBody(body))));
  }

  private static WebhookIntake intake(
      Map<String, String> attributes, Instant now, RecordingPublisher publisher) {
    InstantSource clock = InstantSource.fixed(now);
    Tenants.Secrets secrets =
        new Tenants.Secrets(
            List.of(new SigningSecret(Deliveries.HUBSPOT_SECRET)),
            List.of(new SigningSecret(Deliveries.STRIPE_SECRET)));
    return new WebhookIntake(
        new Tenants(Map.of(attribute(attributes, "tenant"), secrets)),
        new SignatureVerifier(new HubSpotSignature(clock, false), new StripeSignature(clock)),
        new WebhookIntake.Ports(
            publisher,
            new DeliveryStamps(
                clock,
                () -> UUID.fromString(attribute(attributes, "ce-id")),
                () -> Optional.ofNullable(attributes.get("traceparent"))),
            new DeliveryJournal(new SimpleMeterRegistry())),
        new IntakeLimits(1, Duration.ZERO, 1_048_576, Duration.ofSeconds(3)));
  }

  private static String attribute(Map<String, String> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  private static JsonNode golden(String name) throws IOException {
    try (InputStream file =
        GoldenMessageTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(file, name));
    }
  }
}
