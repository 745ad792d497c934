package dev.twofold.sync.delivery;

import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.Versioned;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.HubSpotSide;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands out rows that are due, the most urgent first, none to two drains at a time. In a backlog a
 * look at the outbox goes several batches ahead and is kept for the successors that follow: what
 * comes meanwhile and is more urgent has a drain of its own, which looks afresh. A kept row may
 * have been done since, so whoever takes one reads it again.
 */
final class DueRows {

  /** How many batches a look goes ahead when the first one shows a backlog. */
  private static final int BATCHES_AHEAD = 5;

  private static final Duration KEPT = Duration.ofSeconds(5);

  private final LinkStore store;
  private final InstantSource clock;
  private final Set<DocumentKey> claimed = ConcurrentHashMap.newKeySet();
  private final Map<TenantId, Shelf> shelves = new ConcurrentHashMap<>();

  DueRows(LinkStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Rows of one kind and group, claimed.
   *
   * @param left how many due rows are known to be left for others
   */
  record Taken(List<OutboxRow> rows, int left) {}

  /** What a look ahead saw and nobody has taken yet. */
  private static final class Shelf {
    private List<OutboxRow> rows = List.of();
    private Instant seenAt = Instant.EPOCH;
  }

  /**
   * Claims what goes in one call; to be given back by {@link #release}.
   *
   * @param successor whether an earlier drain knew of rows for this one
   */
  Taken take(TenantId tenant, boolean successor) {
    Shelf shelf = shelves.computeIfAbsent(tenant, any -> new Shelf());
    if (successor) {
      Taken kept = takeKept(shelf);
      if (!kept.rows().isEmpty()) {
        return kept;
      }
    }
    Instant now = clock.instant();
    List<OutboxRow> due = due(tenant, now, HubSpotSide.BATCH_MAX + 1);
    Taken taken = take(due, new ArrayList<>());
    if (due.size() <= HubSpotSide.BATCH_MAX) {
      return taken;
    }
    if (isBatchOrUrgent(taken.rows(), due.getLast())) {
      return new Taken(taken.rows(), Math.max(1, taken.left()));
    }
    release(taken.rows());
    int ahead = claimed.size() + BATCHES_AHEAD * HubSpotSide.BATCH_MAX;
    return takeAndKeep(shelf, due(tenant, now, ahead), now);
  }

  /** Whether a look that did not see everything has yet found what is worth a call by itself. */
  private static boolean isBatchOrUrgent(List<OutboxRow> taken, OutboxRow last) {
    return taken.size() == HubSpotSide.BATCH_MAX
        || (!taken.isEmpty() && taken.getFirst().urgency() < last.urgency());
  }

  /** Lets others have the rows. */
  void release(List<OutboxRow> rows) {
    rows.forEach(row -> claimed.remove(row.key()));
  }

  private List<OutboxRow> due(TenantId tenant, Instant now, int limit) {
    return store.dueRows(tenant, now, limit).stream()
        .map(Versioned::document)
        .filter(Objects::nonNull)
        .toList();
  }

  private Taken takeKept(Shelf shelf) {
    synchronized (shelf) {
      if (shelf.seenAt.plus(KEPT).isBefore(clock.instant())) {
        shelf.rows = List.of();
      }
      List<OutboxRow> rest = new ArrayList<>();
      Taken taken = take(shelf.rows, rest);
      shelf.rows = rest;
      return taken;
    }
  }

  private Taken takeAndKeep(Shelf shelf, List<OutboxRow> due, Instant seenAt) {
    synchronized (shelf) {
      List<OutboxRow> rest = new ArrayList<>();
      Taken taken = take(due, rest);
      shelf.rows = rest;
      shelf.seenAt = seenAt;
      return taken;
    }
  }

  private Taken take(List<OutboxRow> due, List<OutboxRow> rest) {
    List<OutboxRow> taken = new ArrayList<>();
    for (OutboxRow row : due) {
      boolean fits = taken.size() < HubSpotSide.BATCH_MAX && isAlike(taken, row);
      if (fits && claimed.add(row.key())) {
        taken.add(row);
      } else if (!fits && !claimed.contains(row.key())) {
        rest.add(row);
      }
    }
    return new Taken(taken, rest.size());
  }

  private static boolean isAlike(List<OutboxRow> taken, OutboxRow row) {
    if (taken.isEmpty()) {
      return true;
    }
    OutboxRow first = taken.getFirst();
    return first.kind() == row.kind()
        && first.group().equals(row.group())
        && taken.stream()
            .noneMatch(other -> other.link().equals(row.link()) && row.kind() != WorkKind.EVENT);
  }
}
