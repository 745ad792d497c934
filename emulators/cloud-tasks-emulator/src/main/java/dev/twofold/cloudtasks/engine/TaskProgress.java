package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a task has come.
 *
 * @param scheduleTime when it is due, or was for the attempt that is under way
 * @param dispatchCount attempts made, of every kind
 * @param responseCount attempts that got an answer
 * @param executionCount answers that were not 5xx, as X-CloudTasks-TaskExecutionCount counts them
 */
public record TaskProgress(
    Instant scheduleTime,
    int dispatchCount,
    int responseCount,
    int executionCount,
    @Nullable Instant firstDispatchAt,
    @Nullable Attempt lastAttempt) {}
