package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One dispatch of a task: when it was due, sent and answered, and how. */
public record Attempt(
    Instant scheduleTime,
    Instant dispatchTime,
    @Nullable Instant responseTime,
    @Nullable Answer answer) {}
