package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One call to make now. Whoever makes it reports the outcome once through {@code answered}; a
 * target that stays silent for {@code deadline} is reported as timed out.
 *
 * @param number identifies this attempt among all of the engine's
 * @param headers everything to send: the task's own and the X-CloudTasks ones
 */
public record Dispatch(
    long number,
    TaskName task,
    HttpCall call,
    Map<String, String> headers,
    Instant dispatchedAt,
    Duration deadline) {}
