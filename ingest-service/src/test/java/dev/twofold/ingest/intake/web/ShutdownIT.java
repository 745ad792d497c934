package dev.twofold.ingest.intake.web;

import static dev.twofold.ingest.intake.Deliveries.STRIPE_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_SECRET;
import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twofold.ingest.intake.pubsub.FakePubSub;
import dev.twofold.ingest.intake.telemetry.TelemetryReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownIT {

  @Test
  void finishesThePublishInFlightBeforeItStopsAndTellsOfIt() throws Exception {
    byte[] body = utf8(STRIPE_BODY);
    try (TelemetryReceiver told = new TelemetryReceiver();
        FakePubSub pubsub = FakePubSub.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IngestProcess ingest =
          IngestProcess.start(
              pubsub.address(),
              "management.otlp.metrics.export.enabled=true",
              "management.otlp.metrics.export.url=" + told.address() + "/v1/metrics");
      pubsub.hold();
      Future<HttpResponse<String>> answer =
          threads.submit(() ->
              ingest.post(
                  "/webhooks/stripe/main",
                  body,
                  "Stripe-Signature",
                  stripeSignature(STRIPE_SECRET, body, Instant.now())));
      await().until(() -> pubsub.calls() == 1);

      Future<?> stopped = threads.submit(ingest::close);
      await().atMost(Duration.ofSeconds(2)).until(() -> isClosed(ingest.port()));
      boolean answeredEarly = answer.isDone();
      pubsub.release();

      assertThat(answeredEarly).isFalse();
      assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
      stopped.get(8, TimeUnit.SECONDS);
      assertThat(pubsub.messages()).hasSize(1);
      assertThat(told.metrics())
          .filteredOn(metric -> metric.getName().equals("twofold.intake.deliveries"))
          .last()
          .extracting(metric -> metric.getSum().getDataPoints(0).getAsDouble())
          .isEqualTo(1.0);
    }
  }

  private static boolean isClosed(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }
}
