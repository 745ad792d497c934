package dev.twofold.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The timer that sleeps until the next event, on the machine's own clock. */
class RealTimeIT {

  private static final QueueName QUEUE = QueueName.of("demo", "local", "real");

  private final HttpClient http = HttpClient.newHttpClient();
  private CloudTasksEmulator emulator;
  private RecordingTarget target;

  @BeforeEach
  void start() throws IOException {
    emulator = CloudTasksEmulator.builder().queue(QUEUE, QueueSettings.DEFAULT).start();
    target = new RecordingTarget();
  }

  @AfterEach
  void stop() {
    http.close();
    target.close();
    emulator.close();
  }

  @Test
  void wakesForATaskThatIsDueBeforeTheOneItSleepsFor() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    target.answer =
        call -> {
          arrived.countDown();
          return 200;
        };
    Instant soon = Instant.now().plusMillis(400);
    create("/far", soon.plus(Duration.ofHours(1)));
    create("/soon", soon);

    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Instant.now()).isAfterOrEqualTo(soon.minusMillis(50));
    assertThat(target.at("/far")).isEmpty();
  }

  @Test
  void retriesByItselfUntilTheTaskSucceeds() throws Exception {
    CountDownLatch attempts = new CountDownLatch(3);
    target.answer =
        call -> {
          attempts.countDown();
          return attempts.getCount() == 0 ? 200 : 500;
        };
    create("/retried", Instant.EPOCH);

    assertThat(attempts.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(emulator.awaitQuiet(Duration.ofSeconds(10))).isTrue();
    assertThat(emulator.stats(QUEUE).tasks()).isZero();
    assertThat(emulator.stats(QUEUE).totals().failed()).isEqualTo(2);
  }

  private void create(String path, Instant scheduleTime) throws IOException, InterruptedException {
    String body =
        "{\"task\":{\"scheduleTime\":\"%s\",\"httpRequest\":{\"url\":\"%s\"}}}"
            .formatted(scheduleTime, target.url(path));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(emulator.url() + "/v2/" + QUEUE.path() + "/tasks"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
