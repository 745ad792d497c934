package dev.twofold.cloudtasks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Authorization;
import dev.twofold.cloudtasks.engine.EngineSettings;
import dev.twofold.cloudtasks.engine.HttpCall;
import dev.twofold.cloudtasks.engine.HttpMethod;
import dev.twofold.cloudtasks.engine.NewTask;
import dev.twofold.cloudtasks.engine.Payload;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.RateLimits;
import dev.twofold.cloudtasks.engine.RequestRefused;
import dev.twofold.cloudtasks.engine.RetryPolicy;
import dev.twofold.cloudtasks.engine.TaskEngine;
import dev.twofold.cloudtasks.engine.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final QueueName QUEUE = QueueName.of("p", "l", "q");
  private static final TaskEngine.PageLimit ALL = new TaskEngine.PageLimit(1000, 1 << 30);
  private static final HttpCall CALL =
      new HttpCall(
          "http://127.0.0.1:1/x",
          HttpMethod.PUT,
          Map.of("a", "b"),
          Payload.of(new byte[] {1, 2, 3}),
          new Authorization.Oidc("sa@p.iam", "aud"));

  @TempDir private Path folder;

  @Test
  void bringsBackEverythingAfterAStopWithoutWarning() throws IOException {
    Path file = folder.resolve("state");
    TaskEngine before;
    try (FileJournal journal = FileJournal.open(file)) {
      before = open(journal);
      live(before);
    }

    try (FileJournal journal = FileJournal.open(file)) {
      TaskEngine after = open(journal);

      assertThat(described(after)).isEqualTo(described(before));
      assertThat(after.listTasks(QUEUE, ALL, "", NOW))
          .isEqualTo(before.listTasks(QUEUE, ALL, "", NOW));
      assertThatThrownBy(() -> after.createTask(QUEUE, NewTask.named("done", CALL), NOW))
          .isInstanceOf(RequestRefused.class)
          .hasMessage("Requested entity already exists");
    }
  }

  @Test
  void dropsARecordThatWasCutShortAndKeepsAllBeforeIt() throws IOException {
    Path file = folder.resolve("torn");
    try (FileJournal journal = FileJournal.open(file)) {
      live(open(journal));
    }
    byte[] whole = Files.readAllBytes(file);
    List<String> descriptions = new ArrayList<>();

    for (int length = whole.length; length >= 0; length -= 7) {
      Path cut = folder.resolve("cut-" + length);
      Files.write(cut, Arrays.copyOf(whole, length));
      try (FileJournal journal = FileJournal.open(cut)) {
        TaskEngine engine = open(journal);
        descriptions.add(String.join("\n", described(engine)));
      }
    }

    assertThat(descriptions.getFirst()).contains("waiting");
    assertThat(descriptions.getLast()).isEmpty();
    assertThat(descriptions.stream().distinct().count()).isGreaterThan(4);
  }

  @Test
  void ignoresARecordThatWasDamaged() throws IOException {
    Path file = folder.resolve("damaged");
    try (FileJournal journal = FileJournal.open(file)) {
      live(open(journal));
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

    try (FileJournal journal = FileJournal.open(file)) {
      assertThat(described(open(journal))).isNotEmpty();
    }
  }

  @Test
  void staysSmallHoweverMuchHappens() throws IOException {
    Path file = folder.resolve("long");
    HttpCall big = HttpCall.post("http://127.0.0.1:1/x", Payload.of(new byte[500_000]));
    try (FileJournal journal = FileJournal.open(file)) {
      TaskEngine engine = open(journal);
      engine.createQueue(QUEUE, QueueSettings.DEFAULT, NOW);
      for (int i = 0; i < 200; i++) {
        engine.createTask(QUEUE, NewTask.named("t" + i, big), NOW);
        engine.deleteTask(new TaskName(QUEUE, "t" + i), NOW);
      }
      engine.createTask(QUEUE, NewTask.named("last", CALL), NOW);
    }

    assertThat(Files.size(file)).isLessThan(40L * 1024 * 1024);
    try (FileJournal journal = FileJournal.open(file)) {
      assertThat(open(journal).getTask(new TaskName(QUEUE, "last"), NOW).call()).isEqualTo(CALL);
    }
  }

  @Test
  void refusesAFileThatIsInUse() throws IOException {
    Path file = folder.resolve("used");
    try (FileJournal first = FileJournal.open(file)) {
      assertThat(described(open(first))).isEmpty();

      assertThatThrownBy(() -> FileJournal.open(file))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another emulator");
    }
  }

  private static TaskEngine open(FileJournal journal) throws IOException {
    TaskEngine engine = new TaskEngine(EngineSettings.DEFAULT, new Random(1), journal);
    journal.recover().restoreInto(engine, NOW);
    journal.rewriteFrom(engine::describeTo);
    return engine;
  }

  private static void live(TaskEngine engine) {
    RetryPolicy policy =
        new RetryPolicy(-1, Duration.ofHours(2), Duration.ofMillis(250), Duration.ofHours(1), 3);
    engine.createQueue(
        QUEUE,
        QueueSettings.of(new RateLimits(15, 7, 3), policy)
            .withTtls(Duration.ofDays(20), Duration.ofHours(3)),
        NOW);
    engine.createTask(QUEUE, NewTask.named("done", CALL), NOW);
    engine.createTask(QUEUE, NewTask.named("failing", CALL), NOW);
    engine
        .dueDispatches(NOW)
        .forEach(dispatch ->
            engine.answered(
                dispatch,
                dispatch.task().id().equals("done") ? Answer.status(200) : Answer.status(500),
                NOW.plusSeconds(1)));
    engine.createTask(QUEUE, NewTask.named("waiting", CALL).dueAt(NOW.plusSeconds(60)), NOW);
    engine.pauseQueue(QUEUE);
  }

  private static List<String> described(TaskEngine engine) {
    List<String> lines = new ArrayList<>();
    engine.describeTo(new RecordingListener(lines));
    return lines;
  }
}
