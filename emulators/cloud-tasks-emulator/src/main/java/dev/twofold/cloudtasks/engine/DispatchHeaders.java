package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of one attempt, as recorded from the real service for HTTP targets. */
final class DispatchHeaders {

  private static final String PREFIX = "X-CloudTasks-";

  private DispatchHeaders() {}

  static Map<String, String> of(StoredTask task) {
    Map<String, String> headers = new LinkedHashMap<>();
    task.call
        .headers()
        .forEach((name, value) -> {
          if (!name.toLowerCase(Locale.ROOT).startsWith("x-cloudtasks-")) {
            headers.put(name, value);
          }
        });
    TaskProgress progress = task.progress;
    headers.put(PREFIX + "QueueName", task.name.queue().id());
    headers.put(PREFIX + "TaskName", task.name.id());
    headers.put(PREFIX + "TaskRetryCount", Integer.toString(progress.dispatchCount()));
    headers.put(PREFIX + "TaskExecutionCount", Integer.toString(progress.executionCount()));
    headers.put(PREFIX + "TaskETA", epochSeconds(progress.scheduleTime()));
    Answer previous = task.previousAnswer();
    if (previous != null) {
      String status = previousStatus(previous);
      if (status != null) {
        headers.put(PREFIX + "TaskPreviousResponse", status);
      }
      // Recorded: HTTP targets get this header empty; only App Engine gets a reason.
      headers.put(PREFIX + "TaskRetryReason", "");
    }
    return Collections.unmodifiableMap(headers);
  }

  private static @Nullable String previousStatus(Answer answer) {
    return switch (answer) {
      case Answer.Status status -> Integer.toString(status.code());
      case Answer.TimedOut _ -> "504";
      case Answer.NoResponse _ -> null;
    };
  }

  private static String epochSeconds(Instant time) {
    String micros = Integer.toString(time.getNano() / 1000);
    return time.getEpochSecond() + "." + "0".repeat(6 - micros.length()) + micros;
  }
}
