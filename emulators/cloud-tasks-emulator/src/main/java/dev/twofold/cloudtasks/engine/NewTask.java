package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as asked for.
 *
 * @param id the caller's own id, which makes the creation idempotent; null for a generated one
 * @param scheduleTime when it is due; null or past means now
 * @param dispatchDeadline how long a call may take; zero means ten minutes
 */
public record NewTask(
    @Nullable String id, HttpCall call, @Nullable Instant scheduleTime, Duration dispatchDeadline) {

  private static final Duration DEADLINE_DEFAULT = Duration.ofMinutes(10);
  private static final Duration DEADLINE_MIN = Duration.ofSeconds(15);
  private static final Duration DEADLINE_MAX = Duration.ofMinutes(30);

  public NewTask {
    dispatchDeadline = dispatchDeadline.isZero() ? DEADLINE_DEFAULT : dispatchDeadline;
    if (dispatchDeadline.compareTo(DEADLINE_MIN) < 0
        || dispatchDeadline.compareTo(DEADLINE_MAX) > 0) {
      throw Refusals.badDeadline();
    }
  }

  public static NewTask named(String id, HttpCall call) {
    return new NewTask(id, call, null, Duration.ZERO);
  }

  public static NewTask unnamed(HttpCall call) {
    return new NewTask(null, call, null, Duration.ZERO);
  }

  public NewTask dueAt(Instant time) {
    return new NewTask(id, call, time, dispatchDeadline);
  }
}
