package dev.twofold.cloudtasks.engine;

import static dev.twofold.cloudtasks.engine.Drive.CALL;
import static dev.twofold.cloudtasks.engine.Drive.QUEUE;
import static dev.twofold.cloudtasks.engine.Drive.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskEngineTest {

  private static final RetryPolicy EVERY_SECOND =
      new RetryPolicy(-1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);

  private static final TaskEngine.PageLimit THREE = new TaskEngine.PageLimit(3, 1000);

  private final Drive drive = Drive.withQueue(RateLimits.DEFAULT, EVERY_SECOND);

  @Test
  void deliversAtTheScheduleTimeAndNotBefore() {
    drive.engine.createTask(
        QUEUE, NewTask.named("later", CALL).dueAt(START.plusSeconds(90)), START);

    drive.run(Duration.ofMillis(89_999));
    assertThat(drive.sent).isEmpty();
    drive.run(Duration.ofMillis(1));

    assertThat(drive.sent)
        .singleElement()
        .extracting(Drive.Sent::at)
        .isEqualTo(START.plusSeconds(90));
  }

  @Test
  void sendsTheRecordedHeadersFromAttemptToAttempt() {
    List<Integer> answers = new ArrayList<>(List.of(503, 404, 429, 500, 302, 200));
    drive.target = dispatch -> Answer.status(answers.removeFirst());
    drive.create("t1");

    drive.run(Duration.ofMinutes(1));

    assertThat(headers("X-CloudTasks-TaskRetryCount"))
        .containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(headers("X-CloudTasks-TaskExecutionCount"))
        .containsExactly("0", "0", "1", "2", "2", "3");
    assertThat(headers("X-CloudTasks-TaskPreviousResponse"))
        .containsExactly(null, "503", "404", "429", "500", "302");
    assertThat(headers("X-CloudTasks-TaskRetryReason")).containsExactly(null, "", "", "", "", "");
    assertThat(headers("X-CloudTasks-QueueName")).containsOnly("work");
    assertThat(headers("X-CloudTasks-TaskName")).containsOnly("t1");
    assertThat(headers("X-CloudTasks-TaskETA")).startsWith("1795248000.000000");
    assertThat(headers("User-Agent")).containsOnly("Google-Cloud-Tasks");
  }

  @Test
  void saysThatTheAttemptBeforeTimedOut() {
    List<Answer> answers = new ArrayList<>(List.of(new Answer.TimedOut(), Answer.status(200)));
    drive.target = dispatch -> answers.removeFirst();
    drive.create("slow");

    drive.run(Duration.ofSeconds(5));

    assertThat(headers("X-CloudTasks-TaskPreviousResponse")).containsExactly(null, "504");
    assertThat(headers("X-CloudTasks-TaskExecutionCount")).containsExactly("0", "0");
  }

  @Test
  void keepsTheCallersHeadersButNotTheReservedOnes() {
    HttpCall call =
        new HttpCall(
            "http://127.0.0.1:1/",
            HttpMethod.POST,
            Map.of(
                "content-type", "application/json",
                "X-Mixed-Case", "kept",
                "Host", "elsewhere",
                "Content-Length", "7",
                "X-AppEngine-Foo", "1",
                "X-Google-Foo", "1",
                "X-CloudTasks-TaskName", "forged",
                "user-agent", "mine"),
            Payload.EMPTY,
            new Authorization.None());
    drive.engine.createTask(QUEUE, NewTask.named("real", call), START);

    drive.run(Duration.ZERO);

    assertThat(drive.sent.getFirst().dispatch().headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Mixed-Case", "kept")
        .containsEntry("User-Agent", "Google-Cloud-Tasks")
        .containsEntry("X-CloudTasks-TaskName", "real")
        .doesNotContainKeys("Host", "Content-Length", "X-AppEngine-Foo", "X-Google-Foo")
        .doesNotContainKeys("user-agent", "Content-Type");
  }

  @Test
  void deletesAnExhaustedTaskWithoutATrace() {
    RetryPolicy thrice =
        new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
    drive.engine.updateQueue(QUEUE, QueueSettings.of(RateLimits.DEFAULT, thrice), START);
    drive.target = dispatch -> Answer.status(400);
    drive.create("doomed");

    drive.run(Duration.ofMinutes(1));

    assertThat(drive.sent).hasSize(3);
    assertThat(drive.engine.stats(QUEUE, drive.now).totals().exhausted()).isEqualTo(1);
    assertThat(drive.engine.stats(QUEUE, drive.now).tasks()).isZero();
  }

  @Test
  void schedulesTheNextAttemptFromTheFailure() {
    drive.handling = Duration.ofSeconds(7);
    drive.target = dispatch -> Answer.status(drive.sent.size() > 1 ? 200 : 400);
    drive.create("slow");

    drive.run(Duration.ofMinutes(1));

    assertThat(drive.sent.stream().map(Drive.Sent::at))
        .containsExactly(START, START.plusSeconds(8));
  }

  @Test
  void holdsEverythingWhilePausedAndStillTakesTasks() {
    drive.engine.pauseQueue(QUEUE);
    drive.create("waiting");
    drive.run(Duration.ofHours(1));
    assertThat(drive.sent).isEmpty();

    drive.engine.resumeQueue(QUEUE, drive.now);
    drive.run(Duration.ZERO);

    assertThat(drive.sent).hasSize(1);
  }

  @Test
  void runsATaskOutOfTurnWhileItsQueueIsPaused() {
    drive.engine.pauseQueue(QUEUE);
    drive.engine.createTask(
        QUEUE, NewTask.named("forced", CALL).dueAt(START.plusSeconds(500)), START);

    TaskEngine.ForcedRun run = drive.engine.runTask(drive.task("forced"), START);
    drive.engine.answered(run.dispatch(), Answer.status(500), START.plusSeconds(4));

    TaskSnapshot task = drive.engine.getTask(drive.task("forced"), drive.now);
    assertThat(run.task().progress().dispatchCount()).isEqualTo(1);
    assertThat(task.progress().scheduleTime()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void deletesATaskWhenEitherOfTwoOverlappingAttemptsSucceeds() {
    drive.create("twice");
    Dispatch ordinary = drive.engine.dueDispatches(START).getFirst();
    Dispatch forced = drive.engine.runTask(drive.task("twice"), START).dispatch();

    drive.engine.answered(ordinary, Answer.status(500), START);
    assertThat(drive.engine.dueDispatches(START.plusSeconds(60))).isEmpty();
    drive.engine.answered(forced, Answer.status(200), START.plusSeconds(61));

    assertThat(drive.engine.stats(QUEUE, START).tasks()).isZero();
    assertThat(drive.engine.callsUnderWay()).isZero();
  }

  @Test
  void refusesANameWhileATaskHasItAndForItsWindowAfterwards() {
    drive.create("once");
    assertRefused("Requested entity already exists", () -> drive.create("once"));

    drive.run(Duration.ofMinutes(59));
    assertRefused("Requested entity already exists", () -> drive.create("once"));
    drive.run(Duration.ofMinutes(1));
    drive.create("once");
    drive.run(Duration.ZERO);

    assertThat(drive.sent).hasSize(2);
  }

  @Test
  void tellsATaskThatNeverWasFromOneThatIsGone() {
    drive.create("done");
    drive.run(Duration.ZERO);

    assertRefused(
        "The task no longer exists, though a task with this name existed recently. The task either"
            + " successfully completed or was deleted.",
        () -> drive.engine.getTask(drive.task("done"), drive.now));
    assertRefused(
        "Requested entity was not found.",
        () -> drive.engine.getTask(drive.task("never"), drive.now));
  }

  @Test
  void forgetsOldTombstonesSoThatMemoryStaysBounded() {
    Drive small = new Drive(EngineSettings.DEFAULT.withTombstonesMax(100), 1);
    small.engine.createQueue(QUEUE, QueueSettings.DEFAULT, START);
    small.createMany(500);

    small.run(Duration.ofMinutes(1));

    assertThat(small.engine.stats(QUEUE, small.now).tombstones()).isEqualTo(100);
  }

  @Test
  void purgesWhatWaitsAndIgnoresAnswersOfWhatRuns() {
    drive.create("running");
    Dispatch running = drive.engine.dueDispatches(START).getFirst();
    drive.create("waiting");

    QueueSnapshot purged = drive.engine.purgeQueue(QUEUE, START.plusSeconds(1));
    drive.engine.answered(running, Answer.status(500), START.plusSeconds(2));

    assertThat(purged.purgedAt()).isEqualTo(START.plusSeconds(1));
    assertThat(drive.engine.stats(QUEUE, START).tasks()).isZero();
    assertThat(drive.engine.stats(QUEUE, START).concurrent()).isZero();
    assertThat(drive.engine.dueDispatches(START.plusSeconds(60))).isEmpty();
  }

  @Test
  void refusesTimesBeyondThirtyDaysInTheServicesWords() {
    Instant far = Instant.parse("2100-01-01T00:00:00Z");

    assertRefused(
        "The Task.scheduleTime, 2099-12-31T16:00:00-08:00, is too far in the future. Schedule time"
            + " must be no more than 720h in the future.",
        () -> drive.engine.createTask(QUEUE, NewTask.named("far", CALL).dueAt(far), START));
  }

  @Test
  void keepsATaskForThirtyOneDaysAtMost() {
    drive.engine.pauseQueue(QUEUE);
    drive.create("old");

    drive.run(Duration.ofDays(31).minusSeconds(1));
    assertThat(drive.engine.stats(QUEUE, drive.now).tasks()).isEqualTo(1);
    drive.run(Duration.ofSeconds(1));

    assertThat(drive.engine.stats(QUEUE, drive.now).tasks()).isZero();
  }

  @Test
  void truncatesTimesAsTheServiceDoes() {
    Instant odd = Instant.parse("2026-11-21T08:00:00.123456789Z");

    TaskSnapshot task = drive.engine.createTask(QUEUE, NewTask.unnamed(CALL), odd);

    assertThat(task.createTime()).isEqualTo(START);
    assertThat(task.progress().scheduleTime())
        .isEqualTo(Instant.parse("2026-11-21T08:00:00.123456Z"));
    assertThat(task.name().id()).matches("\\d{1,20}");
  }

  @Test
  void pagesThroughTasksWhileSomeDisappear() {
    drive.engine.pauseQueue(QUEUE);
    IntStream.range(0, 7).forEach(i -> drive.create("t" + i));

    Page<TaskSnapshot> first = drive.engine.listTasks(QUEUE, THREE, "", START);
    drive.engine.deleteTask(drive.task("t2"), START);
    Page<TaskSnapshot> second = drive.engine.listTasks(QUEUE, THREE, first.nextToken(), START);
    Page<TaskSnapshot> third = drive.engine.listTasks(QUEUE, THREE, second.nextToken(), START);

    assertThat(ids(first)).containsExactly("t0", "t1", "t2");
    assertThat(ids(second)).containsExactly("t3", "t4", "t5");
    assertThat(ids(third)).containsExactly("t6");
    assertThat(third.nextToken()).isEmpty();
    assertRefused(
        "The page token has expired.",
        () -> drive.engine.listTasks(QUEUE, THREE, first.nextToken(), START.plusSeconds(7201)));
  }

  @Test
  void refusesADeletedQueuesNameOnlyWhereThatIsSwitchedOn() {
    Drive strict = new Drive(EngineSettings.DEFAULT.withQueueTombstone(Duration.ofDays(3)), 1);
    strict.engine.createQueue(QUEUE, QueueSettings.DEFAULT, START);
    strict.engine.deleteQueue(QUEUE, START);
    drive.engine.deleteQueue(QUEUE, START);

    assertThat(drive.engine.createQueue(QUEUE, QueueSettings.DEFAULT, START).name())
        .isEqualTo(QUEUE);
    assertRefused(
        "The queue cannot be created because a queue with this name existed too recently.",
        () -> strict.engine.createQueue(QUEUE, QueueSettings.DEFAULT, START.plusSeconds(60)));
  }

  @Test
  void needsNoAttentionWhileNothingWaits() {
    assertThat(drive.engine.nextEventAt(START)).isEmpty();
    drive.create("one");
    drive.run(Duration.ofSeconds(1));

    assertThat(drive.engine.nextEventAt(drive.now)).isEmpty();
  }

  private List<String> headers(String name) {
    return drive.sent.stream().map(sent -> sent.dispatch().headers().get(name)).toList();
  }

  private static List<String> ids(Page<TaskSnapshot> page) {
    return page.items().stream().map(task -> task.name().id()).toList();
  }

  private static void assertRefused(String words, Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(RequestRefused.class).hasMessage(words);
  }
}
