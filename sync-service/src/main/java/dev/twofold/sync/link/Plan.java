package dev.twofold.sync.link;

import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.record.Side;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything decided about a link: each field, and the one call either side needs next.
 *
 * @param hubspot null when HubSpot needs none
 * @param stripe null when Stripe needs none
 * @param settles whether something could be recorded as agreed without any call
 * @param withheld per side why nothing is written there although the sides are not equal, or no
 *     record is made, in words
 */
public record Plan(
    List<FieldDecision> decisions,
    @Nullable Work hubspot,
    @Nullable Work stripe,
    boolean settles,
    Map<Side, String> withheld) {

  public Plan {
    decisions = List.copyOf(decisions);
    withheld = Map.copyOf(withheld);
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
