package dev.twofold.sync.merge;

import dev.twofold.sync.record.FieldValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Two values that differ, of which at most one can stand, and when each was made, if known. */
public record Conflict(
    FieldValue hubspot,
    @Nullable Instant hubspotAt,
    FieldValue stripe,
    @Nullable Instant stripeAt) {}
