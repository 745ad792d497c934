package dev.twofold.sync.link;

import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.record.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything decided about a link: each field, and the one call either side needs next.
 *
 * @param hubspot null when HubSpot needs none
 * @param stripe null when Stripe needs none
 * @param settles whether something could be recorded as agreed without any call
 * @param withheld why nothing is written although there would be something, in words
 */
public record Plan(
    List<FieldDecision> decisions,
    @Nullable Work hubspot,
    @Nullable Work stripe,
    boolean settles,
    @Nullable String withheld) {

  public Plan {
    decisions = List.copyOf(decisions);
  }

  /** The call that side needs next; null for none. */
  public @Nullable Work work(Side side) {
    return side == Side.HUBSPOT ? hubspot : stripe;
  }

  /** Whether neither side needs a call. */
  public boolean isQuiet() {
    return hubspot == null && stripe == null;
  }
}
