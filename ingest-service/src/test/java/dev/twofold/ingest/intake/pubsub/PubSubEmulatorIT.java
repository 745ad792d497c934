package dev.twofold.ingest.intake.pubsub;

import static dev.twofold.ingest.intake.Deliveries.STRIPE_SECRET;
import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twofold.ingest.intake.Deliveries;
import dev.twofold.ingest.intake.web.IngestProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on Google's own emulator. Skipped, and said so, where no gcloud SDK has it. */
class PubSubEmulatorIT {

  @Test
  void publishesToTheOfficialEmulatorAndSurvivesItsEnd(@TempDir Path folder) throws Exception {
    Optional<Path> jar = PubSubEmulator.find();
    Assumptions.assumeTrue(
        jar.isPresent(),
        "SKIPPED: no gcloud SDK with the component pubsub-emulator is installed"
            + " (gcloud components install pubsub-emulator)");
    try (PubSubEmulator emulator =
            PubSubEmulator.start(jar.orElseThrow(), folder.resolve("emulator.log"));
        IngestProcess ingest = IngestProcess.start(emulator.address())) {
      await().atMost(Duration.ofSeconds(20)).until(emulator::isReady);

      // Before its topic exists, a delivery must not be accepted.
      assertThat(post(ingest).statusCode()).isEqualTo(503);

      createTopicWithSubscription(emulator);
      assertThat(post(ingest).statusCode()).isEqualTo(204);
      assertHoldsTheDelivery(emulator);

      emulator.kill();
      long begun = System.nanoTime();
      assertThat(post(ingest).statusCode()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void createTopicWithSubscription(PubSubEmulator emulator) throws Exception {
    assertThat(emulator.call("PUT", "topics/twofold-notices", "{}").statusCode()).isEqualTo(200);
    assertThat(
            emulator
                .call(
                    "PUT",
                    "subscriptions/watch",
                    "{\"topic\":\"projects/twofold-local/topics/twofold-notices\"}")
                .statusCode())
        .isEqualTo(200);
  }

  private static void assertHoldsTheDelivery(PubSubEmulator emulator) throws Exception {
    HttpResponse<String> pulled =
        emulator.call("POST", "subscriptions/watch:pull", "{\"maxMessages\":10}");
    JsonNode received = JsonMapper.shared().readTree(pulled.body()).path("receivedMessages");
    assertThat(received.size()).isEqualTo(1);
    JsonNode message = received.get(0).path("message");
    assertThat(message.path("data").binaryValue()).isEqualTo(body());
    assertThat(message.path("attributes").propertyNames())
        .containsExactlyInAnyOrder(
            "ce-specversion",
            "ce-id",
            "ce-source",
            "ce-type",
            "ce-time",
            "content-type",
            "tenant",
            "traceparent");
    assertThat(message.path("attributes").path("ce-source").asString())
        .isEqualTo("/webhooks/stripe/main");
  }

  private static HttpResponse<String> post(IngestProcess ingest) throws Exception {
    return ingest.post(
        "/webhooks/stripe/main",
        body(),
        "Stripe-Signature",
        stripeSignature(STRIPE_SECRET, body(), Instant.now()));
  }

  private static byte[] body() {
    return utf8("\r\n\t" + Deliveries.STRIPE_BODY + " \n");
  }
}
