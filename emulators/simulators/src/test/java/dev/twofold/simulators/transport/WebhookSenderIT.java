package dev.twofold.simulators.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.stripe.engine.StripeWebhookFormat;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.Notice;
import dev.twofold.simulators.webhook.WebhookSchedule;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that takes connections and never answers. */
@Timeout(60)
class WebhookSenderIT {

  @Test
  void takesASlowAnswerForAFailureAndComesAgain() throws Exception {
    EngineLock lock = new EngineLock();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WebhookSettings settings =
          WebhookSettings.stripe("http://127.0.0.1:" + silent.getLocalPort() + "/").compressed(1e6);
      WebhookSchedule schedule =
          new WebhookSchedule(new StripeWebhookFormat(List.of("whsec_1")), settings, new Random(1));
      WebhookSender sender =
          new WebhookSender(schedule, lock, Clock.systemUTC(), Duration.ofMillis(500));
      try {
        lock.run(() ->
            schedule.offer(
                new Notice("evt_1", Clock.systemUTC().instant(), Json.object()),
                Clock.systemUTC().instant()));

        List<Socket> connections = new ArrayList<>();
        for (int attempt = 0; attempt < 3; attempt++) {
          connections.add(silent.accept());
        }

        assertThat(lock.in(() -> schedule.newestAttempts(10)).getLast())
            .satisfies(first -> {
              assertThat(first.attempt()).isZero();
              assertThat(first.answer()).endsWith("TimeoutException");
            });
        assertThat(lock.in(schedule::counts).failedAttempts()).isGreaterThanOrEqualTo(2);
        for (Socket connection : connections) {
          connection.close();
        }
      } finally {
        sender.close();
      }
    }
  }
}
