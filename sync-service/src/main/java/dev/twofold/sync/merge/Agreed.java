package dev.twofold.sync.merge;

import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last value both sides were known to share, the side whose change made it, and that change's
 * time on that side's clock where it is known.
 */
public record Agreed(FieldValue value, Side side, @Nullable Instant at) {}
