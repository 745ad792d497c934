package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A task inside its queue, with the place it has in the queue's order. */
final class StoredTask {

  static final Comparator<StoredTask> BY_DUE_TIME =
      Comparator.comparing((StoredTask task) -> task.dueAt)
          .thenComparingLong(task -> task.sequence);

  final TaskName name;
  final HttpCall call;
  final Instant createTime;
  final Duration dispatchDeadline;
  final long sequence;

  /** A second delivery of a task that is delivered anyway; its answer changes nothing. */
  final boolean repeat;

  TaskProgress progress;

  /** The schedule time, or later where a fault delays the task. Fixed while the task is queued. */
  Instant dueAt;

  int underWay;

  StoredTask(TaskSnapshot snapshot, Instant dueAt, long sequence, boolean repeat) {
    this.name = snapshot.name();
    this.call = snapshot.call();
    this.createTime = snapshot.createTime();
    this.dispatchDeadline = snapshot.dispatchDeadline();
    this.progress = snapshot.progress();
    this.dueAt = dueAt;
    this.sequence = sequence;
    this.repeat = repeat;
  }

  TaskSnapshot snapshot() {
    return new TaskSnapshot(name, call, createTime, dispatchDeadline, progress);
  }

  void dispatched(Instant now) {
    underWay++;
    Instant first = progress.firstDispatchAt();
    progress =
        new TaskProgress(
            progress.scheduleTime(),
            progress.dispatchCount() + 1,
            progress.responseCount(),
            progress.executionCount(),
            first == null ? now : first,
            new Attempt(progress.scheduleTime(), now, null, null));
  }

  void answered(Attempt attempt, Instant nextScheduleTime) {
    underWay--;
    int status = attempt.answer() instanceof Answer.Status answer ? answer.code() : 0;
    progress =
        new TaskProgress(
            nextScheduleTime,
            progress.dispatchCount(),
            progress.responseCount() + (status == 0 ? 0 : 1),
            progress.executionCount() + (status == 0 || status >= 500 ? 0 : 1),
            progress.firstDispatchAt(),
            attempt);
  }

  @Nullable Answer previousAnswer() {
    Attempt last = progress.lastAttempt();
    return last == null ? null : last.answer();
  }
}
