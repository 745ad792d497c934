package dev.twofold.sync.dispatch.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.cloudtasks.CloudTasksEmulator;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.VirtualClock;
import dev.twofold.sync.dispatch.Queue;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dispatcher with Google's client against the emulator, in virtual time. */
class CloudTasksDispatcherIT {

  private static final TenantId TENANT = new TenantId("main");
  private static final VirtualClock CLOCK = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final CloudTasksEmulator EMULATOR = emulator(0);

  private final ScriptedServer writes = new ScriptedServer();
  private final CloudTasksDispatcher dispatcher = dispatcher(EMULATOR, "");

  @AfterAll
  static void stopEmulator() {
    EMULATOR.close();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
    writes.close();
    EMULATOR.reset();
  }

  @Test
  void postsATaskWhenItIsDueAndNotBefore() throws InterruptedException {
    writes.answer(204, "");
    dispatcher.create(task("l1", 7, CLOCK.instant().plusSeconds(5)).traced(TRACE));

    EMULATOR.advance(Duration.ofMillis(4_900));
    assertThat(writes.seen()).isEmpty();
    EMULATOR.advance(Duration.ofMillis(200));

    ScriptedServer.Seen seen = writes.onlySeen();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.target()).isEqualTo("/writes/stripe/main/l1/7");
    assertThat(seen.body()).isEqualTo("{}");
    assertThat(seen.header("Content-type")).isEqualTo("application/json");
    assertThat(seen.header("Traceparent")).isEqualTo(TRACE);
    assertThat(seen.headers()).doesNotContainKey("Authorization");
  }

  @Test
  void runsATaskOnceHoweverOftenItIsCreated() throws InterruptedException {
    writes.answer(204, "");
    WriteTask task = task("l1", 7, CLOCK.instant());

    dispatcher.create(task);
    dispatcher.create(task);
    EMULATOR.advance(Duration.ofSeconds(1));
    dispatcher.create(task);
    EMULATOR.advance(Duration.ofSeconds(1));

    assertThat(writes.seen()).hasSize(1);
  }

  @Test
  void knowsWhetherATaskWaits() throws InterruptedException {
    writes.answer(409, "").answer(204, "");
    WriteTask task = task("l1", 7, CLOCK.instant());

    assertThat(dispatcher.exists(task)).isFalse();
    dispatcher.create(task);
    assertThat(dispatcher.exists(task)).isTrue();
    EMULATOR.advance(Duration.ofMillis(50));
    assertThat(dispatcher.exists(task)).as("after a failed dispatch").isTrue();
    EMULATOR.advance(Duration.ofSeconds(10));
    assertThat(dispatcher.exists(task)).as("after it has run").isFalse();
  }

  @Test
  void stopsAndStartsEveryQueueOfATenant() throws InterruptedException {
    writes.answer(204, "").answer(204, "").answer(204, "");
    dispatcher.pause(TENANT);
    dispatcher.create(task("l1", 1, CLOCK.instant()));
    dispatcher.create(WriteTask.stripe(TENANT, "l2", 2, Lane.EXPRESS, CLOCK.instant()));
    dispatcher.create(WriteTask.urgentDrain(TENANT, "l3", "3", CLOCK.instant()));

    EMULATOR.advance(Duration.ofMinutes(1));
    assertThat(writes.seen()).isEmpty();
    dispatcher.resume(TENANT);
    EMULATOR.advance(Duration.ofSeconds(1));

    assertThat(writes.seen())
        .extracting(ScriptedServer.Seen::target)
        .containsExactlyInAnyOrder(
            "/writes/stripe/main/l1/1",
            "/writes/stripe/main/l2/2",
            "/writes/hubspot/main/drain?row=l3-3");
  }

  @Test
  void sendsATokenMadeOutToTheServicesRoot() throws InterruptedException {
    writes.answer(204, "");
    try (CloudTasksDispatcher known = dispatcher(EMULATOR, "tasks@acme.example")) {
      known.create(task("l1", 7, CLOCK.instant()));
      EMULATOR.advance(Duration.ofSeconds(1));
    }

    String token = writes.onlySeen().header("Authorization").substring("Bearer ".length());
    JsonNode claims =
        new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    assertThat(claims.path("aud").asString()).isEqualTo(writes.address());
    assertThat(claims.path("email").asString()).isEqualTo("tasks@acme.example");
  }

  @Test
  void failsInAWayThatMayPassWhereTheQueueIsMissing() {
    WriteTask task = WriteTask.stripe(new TenantId("other"), "l1", 7, Lane.BULK, CLOCK.instant());

    assertThatThrownBy(() -> dispatcher.create(task))
        .isInstanceOfSatisfying(
            RetryableFailure.class,
            failure -> assertThat(failure.stage()).isEqualTo(Stage.DISPATCHING))
        .hasMessageContaining("NOT_FOUND")
        .hasMessageContaining("other-stripe-bulk");
    assertThatThrownBy(() -> dispatcher.pause(new TenantId("other")))
        .isInstanceOf(RetryableFailure.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
  }

  @Test
  void goesOnAsSoonAsCloudTasksIsBack() {
    WriteTask task = task("l1", 7, CLOCK.instant());
    CloudTasksEmulator first = emulator(0);
    int port = first.port();
    try (CloudTasksDispatcher patient = dispatcher(first, "")) {
      patient.create(task);
      first.close();
      assertThatThrownBy(() -> patient.create(task)).isInstanceOf(RetryableFailure.class);

      try (CloudTasksEmulator second = emulator(port)) {
        patient.create(task);
        assertThat(patient.exists(task)).as("on port %d", second.port()).isTrue();
      }
    }
  }

  private CloudTasksDispatcher dispatcher(CloudTasksEmulator at, String serviceAccount) {
    DispatchSettings settings =
        new DispatchSettings(
            "",
            "",
            at.endpoint(),
            writes.address(),
            serviceAccount,
            "",
            Duration.ofSeconds(30),
            Duration.ofSeconds(8));
    return new CloudTasksDispatcher(settings, new CloudTasksConnector(settings)::open);
  }

  private static CloudTasksEmulator emulator(int port) {
    CloudTasksEmulator.Builder builder = CloudTasksEmulator.builder().port(port).clock(CLOCK);
    for (Queue queue : Queue.values()) {
      builder.queue(
          QueueName.of("twofold-local", "europe-west1", "main-" + queue.label()),
          QueueSettings.DEFAULT);
    }
    return builder.start();
  }

  private static WriteTask task(String link, long number, Instant dueAt) {
    return WriteTask.stripe(TENANT, link, number, Lane.BULK, dueAt);
  }
}
