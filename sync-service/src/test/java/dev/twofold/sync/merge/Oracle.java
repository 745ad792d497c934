package dev.twofold.sync.merge;

import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.merge.Pairs.Notice;
import dev.twofold.sync.record.Side;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one field told a second time, without registers, stamps or decisions: what both
 * sides of a pair that agreed hold after these changes. Says nothing where a side was changed twice
 * in its last second, because then only a read can tell.
 */
record Oracle(Direction direction, ConflictPolicy policy) {

  /** HubSpot's value, a bar, and Stripe's. */
  String says(String agreed, List<Notice> changes) {
    Optional<Notice> hubspot = last(changes, Side.HUBSPOT);
    Optional<Notice> stripe = last(changes, Side.STRIPE);
    String ours = hubspot.map(Oracle::value).orElse(agreed);
    String theirs = stripe.map(Oracle::value).orElse(agreed);
    return switch (direction) {
      case OFF, ONCE -> ours + "|" + theirs;
      case TO_STRIPE -> ours + "|" + ours;
      case TO_HUBSPOT -> theirs + "|" + theirs;
      case BOTH -> {
        if (hubspot.isEmpty() || stripe.isEmpty() || ours.equals(theirs)) {
          String winner = hubspot.isPresent() ? ours : theirs;
          yield winner + "|" + winner;
        }
        yield settled(hubspot.get(), stripe.get());
      }
    };
  }

  private String settled(Notice hubspot, Notice stripe) {
    String ours = value(hubspot);
    String theirs = value(stripe);
    return switch (policy) {
      case HUBSPOT -> ours + "|" + ours;
      case STRIPE -> theirs + "|" + theirs;
      case MANUAL -> ours + "|" + theirs;
      case LATEST -> {
        String later = stripe.second() > hubspot.second() ? theirs : ours;
        yield later + "|" + later;
      }
    };
  }

  boolean isContested(List<Notice> changes) {
    for (Side side : Side.values()) {
      int newest = last(changes, side).map(Notice::second).orElse(0);
      long values =
          changes.stream()
              .filter(notice -> notice.side() == side && notice.second() == newest)
              .map(Oracle::value)
              .distinct()
              .count();
      if (values > 1) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Notice> last(List<Notice> changes, Side side) {
    return changes.stream()
        .filter(notice -> notice.side() == side)
        .max(Comparator.comparingInt(Notice::second));
  }

  private static String value(Notice notice) {
    return notice.values().values().iterator().next();
  }
}
