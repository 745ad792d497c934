package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Marks what was only remembered, as HubSpot's outbox has room: what was missing or differed when
 * the accounts were connected, and links that a changed mapping has not reached. A sweep counts the
 * outbox and fills it up. So does each drain as it empties it, without counting: at HubSpot's full
 * limit, half of the rows are under way, and the rest would last for less than a second.
 */
public final class Backfill {

  /** Every look at the outbox costs more the more it holds. */
  private static final int ROWS_MAX = 2_000;

  /** A look for links goes far ahead: of a hundred thousand, there are ten and not a hundred. */
  private static final int AHEAD = 10_000;

  /** As many as one commit holds, a link and a row each; fewer are not worth one. */
  private static final int CHUNK = LinkStore.CHANGES_MAX / 2;

  /** Where links wait for being marked, in the order in which they are. */
  private enum Source {
    MISSING_HUBSPOT(Backlog.MISSING_HUBSPOT),
    MISSING_STRIPE(Backlog.MISSING_STRIPE),
    DIFFERS(Backlog.DIFFERS),
    OLDER_MAPPINGS(null);

    private final @Nullable Backlog backlog;

    Source(@Nullable Backlog backlog) {
      this.backlog = backlog;
    }

    /** What goes to Stripe waits in Stripe's queue. */
    private boolean takesRows() {
      return this != MISSING_STRIPE;
    }

    private List<LinkId> look(LinkStore store, Tenant tenant) {
      if (backlog != null) {
        return store.backlog(tenant.id(), backlog, AHEAD);
      }
      // Nothing is older than the first version.
      int version = tenant.mappingVersion();
      return version == 1 ? List.of() : store.mappedBefore(tenant.id(), version, AHEAD);
    }
  }

  /** What the last look for one source has seen and nobody has marked yet. */
  private static final class Seen {
    private final List<LinkId> links = new ArrayList<>();
    private boolean cutOff;
    private volatile boolean left;

    private void told() {
      left = cutOff || !links.isEmpty();
    }
  }

  /** What is known of a tenant's outbox; one thread at a time adds to it. */
  private static final class Outbox {
    private final ReentrantLock filling = new ReentrantLock();
    private final AtomicLong rows = new AtomicLong();
    private final Map<Source, Seen> seen = new EnumMap<>(Source.class);

    private Outbox() {
      for (Source source : Source.values()) {
        seen.put(source, new Seen());
      }
    }

    private boolean isLeft() {
      return seen.values().stream().anyMatch(each -> each.left);
    }

    private boolean isRowLeft(Source source) {
      return source.takesRows() && seen(source).left;
    }

    private Seen seen(Source source) {
      return Objects.requireNonNull(seen.get(source), "each source has its own");
    }
  }

  private final Desk desk;
  private final Map<TenantId, Outbox> outboxes = new ConcurrentHashMap<>();

  public Backfill(Desk desk) {
    this.desk = desk;
  }

  /**
   * Marks as much as there is room for, unless another thread is at it.
   *
   * @param everywhere also where the last look has left nothing
   * @return how many links it has marked
   */
  int fill(Tenant tenant, boolean everywhere) {
    return alone(
        tenant.id(),
        outbox -> {
          outbox.rows.set(count(tenant));
          boolean all = everywhere || !outbox.isLeft();
          return fill(tenant, outbox, source -> all || outbox.seen(source).left);
        });
  }

  /** Nothing where another thread is at it. */
  private int alone(TenantId tenant, ToIntFunction<Outbox> filling) {
    Outbox outbox = outbox(tenant);
    if (!outbox.filling.tryLock()) {
      return 0;
    }
    try {
      return filling.applyAsInt(outbox);
    } finally {
      outbox.filling.unlock();
    }
  }

  private int fill(Tenant tenant, Outbox outbox, Predicate<Source> from) {
    return Arrays.stream(Source.values())
        .filter(from)
        .mapToInt(source -> fill(tenant, outbox, source))
        .sum();
  }

  /** Counts the rows that wait for HubSpot, and tells it. */
  long count(Tenant tenant) {
    long rows = desk.parts().store().rows(tenant.id());
    desk.watch().outbox(tenant.id(), rows);
    return rows;
  }

  /** Whether there is more to mark, as far as is known; while a thread is at it, there may be. */
  boolean isLeft(TenantId tenant) {
    Outbox outbox = outbox(tenant);
    return outbox.filling.isLocked() || outbox.isLeft();
  }

  /**
   * A drain has done so many rows. What is known to wait for their room is marked.
   *
   * @return whether there is more for another drain: rows that may be newer than the last look
   */
  boolean drained(Tenant tenant, int done) {
    Outbox outbox = outbox(tenant.id());
    long rows = outbox.rows.addAndGet(-done);
    if (Arrays.stream(Source.values()).noneMatch(outbox::isRowLeft)) {
      return false;
    }
    if (rows <= ROWS_MAX - CHUNK) {
      alone(tenant.id(), known -> fill(tenant, known, known::isRowLeft));
    }
    return outbox.rows.get() > 0;
  }

  private Outbox outbox(TenantId tenant) {
    return outboxes.computeIfAbsent(tenant, any -> new Outbox());
  }

  private int fill(Tenant tenant, Outbox outbox, Source source) {
    Seen seen = outbox.seen(source);
    int room = source.takesRows() ? (int) (ROWS_MAX - outbox.rows.get()) : ROWS_MAX;
    if (room <= 0) {
      // Nobody has looked, so there may be some.
      seen.left = true;
      return 0;
    }
    if (seen.links.isEmpty()) {
      look(tenant, source, seen);
    }
    int marked = 0;
    while (marked < room && !seen.links.isEmpty()) {
      int chunk = Math.min(CHUNK, Math.min(room - marked, seen.links.size()));
      List<LinkId> links = seen.links.subList(0, chunk);
      desk.settle(
          tenant,
          List.copyOf(links),
          link -> List.of(DocumentKey.of(link)),
          source == Source.OLDER_MAPPINGS ? Backfill::remap : Backfill::mark);
      links.clear();
      marked += chunk;
      outbox.rows.addAndGet(source.takesRows() ? chunk : 0);
    }
    seen.told();
    return marked;
  }

  /** A look that fails comes again with the next one everywhere. */
  private void look(Tenant tenant, Source source, Seen seen) {
    seen.left = false;
    seen.links.addAll(source.look(desk.parts().store(), tenant));
    seen.cutOff = seen.links.size() == AHEAD;
    seen.told();
  }

  private static void mark(Desk.Session session, LinkId id) {
    Link link = session.book().link(id);
    if (link != null) {
      session.marks().markBacklog(session.settled(link.withBacklog(null)));
      Link stands = session.book().link(link.id());
      if (stands != null && stands.backlog() != null) {
        session.book().put(stands.withBacklog(null));
      }
    }
  }

  private static void remap(Desk.Session session, LinkId id) {
    Link link = session.book().link(id);
    if (link == null || !link.id().equals(id)) {
      return;
    }
    session.book().put(link);
    for (Link each : session.addresses().arrange(link)) {
      session.marks().markBacklog(session.settled(each));
    }
  }
}
