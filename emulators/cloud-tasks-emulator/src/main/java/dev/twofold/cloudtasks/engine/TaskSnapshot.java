package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;

/** A task as it stands; {@code createTime} is in whole seconds, as the real service gives it. */
public record TaskSnapshot(
    TaskName name,
    HttpCall call,
    Instant createTime,
    Duration dispatchDeadline,
    TaskProgress progress) {}
