package dev.twofold.ingest.intake.web;

import static dev.twofold.ingest.intake.Deliveries.STRIPE_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_SECRET;
import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twofold.ingest.intake.pubsub.FakePubSub;
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
  void finishesThePublishInFlightBeforeItStops() throws Exception {
    byte[] body = utf8(STRIPE_BODY);
    try (FakePubSub pubsub = FakePubSub.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IngestProcess ingest = IngestProcess.start(pubsub.address());
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
