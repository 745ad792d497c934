package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it stands; {@code burst} and {@code tombstone} are those in force, whoever set them.
 */
public record QueueSnapshot(
    QueueName name,
    QueueSettings settings,
    int burst,
    Duration tombstone,
    RunState state,
    @Nullable Instant purgedAt) {}
