package dev.twofold.sync.merge;

import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last value both sides were known to share, the side whose change made it, and that change's
 * time on that side's clock where it is known.
 *
 * @param value null where a changed mapping found the sides apart: they have met, and share nothing
 */
public record Agreed(@Nullable FieldValue value, Side side, @Nullable Instant at) {

  /** The sides have met and differ, and that difference is not to be written by itself. */
  public static final Agreed APART = new Agreed(null, Side.HUBSPOT, null);
}
