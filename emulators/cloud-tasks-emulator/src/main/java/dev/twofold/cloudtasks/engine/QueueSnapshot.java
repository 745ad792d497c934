package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A queue as it stands; {@code burst} is the one in force, whoever set it. */
public record QueueSnapshot(
    QueueName name,
    QueueSettings settings,
    int burst,
    RunState state,
    @Nullable Instant purgedAt) {}
