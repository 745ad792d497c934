package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Document;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out rows that are due, the most urgent first, none to two drains at a time. In a backlog a
 * look at the outbox goes several batches ahead and is kept for the successors that follow: what
 * comes meanwhile and is more urgent has a drain of its own. A kept row may have been done since,
 * so whoever takes one reads it again.
 */
final class DueRows {

  /** How many batches a look goes ahead. */
  private static final int BATCHES_AHEAD = 5;

  /** From so many drains under way on, an urgent row goes with others instead of by itself. */
  private static final int BACKLOG_FROM = 4;

  /** So does one that has waited for so long, as after an outage: it will not be the only one. */
  private static final Duration WAITED = Duration.ofSeconds(2);

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
   * @param elsewhere whether the row that was asked for is in another's hands
   */
  record Taken(List<OutboxRow> rows, int left, boolean elsewhere) {
    static final Taken NONE = new Taken(List.of(), 0, false);
    static final Taken ELSEWHERE = new Taken(List.of(), 0, true);

    Taken(List<OutboxRow> rows, int left) {
      this(rows, left, false);
    }
  }

  /** What a look ahead saw and nobody has taken yet; and how many drains have taken some. */
  private static final class Shelf {
    private final AtomicInteger underWay = new AtomicInteger();
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private long ended;
    private volatile boolean cutOff;
    private List<OutboxRow> rows = List.of();
    private Instant seenAt = Instant.EPOCH;

    private synchronized boolean isLeft() {
      return cutOff || !rows.isEmpty();
    }
  }

  /**
   * Claims the row that somebody waits for, to be given back by {@link #release}. It is got by its
   * id: a look at the outbox for each person's change would be the costliest part of it. Where many
   * drains are under way, or the row has waited, whatever is most urgent goes together; and who
   * finds the row done takes what others are known to have left, since after an outage thousands of
   * tasks find theirs done, in the very order in which the rows are. Who asks for a row that
   * another has may not end before it is done: the other may die, and forget it.
   *
   * @param row the row's id
   */
  Taken takeRow(TenantId tenant, String row) {
    DocumentKey key = new DocumentKey(DocumentKey.Collection.OUTBOX, row);
    Versioned<Document> found = store.load(tenant, List.of(key)).get(key);
    if (found == null || !(found.document() instanceof OutboxRow stored)) {
      return isLeft(tenant) ? takeNext(tenant) : Taken.NONE;
    }
    boolean waited = stored.dueAt().plus(WAITED).isBefore(clock.instant());
    boolean backlog = waited || shelf(tenant).underWay.get() >= BACKLOG_FROM;
    if (backlog && !claimed.contains(key)) {
      Taken together = takeMostUrgent(tenant);
      return together.rows().isEmpty() ? Taken.ELSEWHERE : together;
    }
    return claimed.add(key) ? claimed(tenant, new Taken(List.of(stored), 0)) : Taken.ELSEWHERE;
  }

  /**
   * Claims what an earlier drain has left. The end of a look that did not see all is no batch: a
   * fresh look fills it.
   */
  Taken takeNext(TenantId tenant) {
    Shelf shelf = shelf(tenant);
    Taken kept = takeKept(shelf);
    boolean cutShort = shelf.cutOff && kept.rows().size() < HubSpotSide.BATCH_MAX;
    if (kept.rows().isEmpty() || cutShort) {
      unclaim(kept.rows());
      return takeMostUrgent(tenant);
    }
    return claimed(tenant, kept);
  }

  /** Whether the last look has left any, be they done since. */
  boolean isLeft(TenantId tenant) {
    return shelf(tenant).isLeft();
  }

  private Shelf shelf(TenantId tenant) {
    return shelves.computeIfAbsent(tenant, any -> new Shelf());
  }

  private Taken claimed(TenantId tenant, Taken taken) {
    if (!taken.rows().isEmpty()) {
      shelf(tenant).underWay.incrementAndGet();
    }
    return taken;
  }

  /** Claims whatever is most urgent, to be given back by {@link #release}. */
  Taken takeMostUrgent(TenantId tenant) {
    return claimed(tenant, look(tenant));
  }

  /**
   * Looks at the outbox, one at a time: whoever asked before a look began and had to wait for it
   * takes from what that look saw. A hundred drains at once would otherwise look a hundred times.
   */
  private Taken look(TenantId tenant) {
    Shelf shelf = shelf(tenant);
    long asked = shelf.begun.get();
    shelf.looking.lock();
    try {
      if (shelf.ended > asked) {
        return takeKept(shelf);
      }
      long look = shelf.begun.incrementAndGet();
      Instant now = clock.instant();
      int limit = ahead();
      List<OutboxRow> due = due(tenant, now, limit);
      Taken taken = takeAndKeep(shelf, due, now);
      shelf.cutOff = due.size() >= limit;
      shelf.ended = look;
      return taken;
    } finally {
      shelf.looking.unlock();
    }
  }

  private int ahead() {
    return claimed.size() + BATCHES_AHEAD * HubSpotSide.BATCH_MAX;
  }

  /** Lets others have the rows of a drain that has ended. */
  void release(TenantId tenant, List<OutboxRow> rows) {
    unclaim(rows);
    if (!rows.isEmpty()) {
      shelf(tenant).underWay.decrementAndGet();
    }
  }

  private void unclaim(List<OutboxRow> rows) {
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
