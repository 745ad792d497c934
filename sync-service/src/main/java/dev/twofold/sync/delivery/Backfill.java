package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Marks what was only remembered, as HubSpot's outbox has room: what was missing or differed when
 * the accounts were connected, and links that a changed mapping has not reached. A sweep fills the
 * outbox up; so does the drain that has made half of it empty, as at HubSpot's full limit it lasts
 * for less than the two seconds between two sweeps.
 */
public final class Backfill {

  /** Every look at the outbox costs more the more it holds. */
  private static final int ROWS_MAX = 2_000;

  /** Fewer are not worth a look for more. */
  private static final int ROWS_MIN = ROWS_MAX / 2;

  /** As many as one commit holds, a link and a row each. */
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

    private List<LinkId> look(LinkStore store, Tenant tenant, int most) {
      if (backlog != null) {
        return store.backlog(tenant.id(), backlog, most);
      }
      // Nothing is older than the first version.
      int version = tenant.mappingVersion();
      return version == 1 ? List.of() : store.mappedBefore(tenant.id(), version, most);
    }
  }

  /** What is known of a tenant's outbox; by {@code filling} one thread at a time adds to it. */
  private static final class Outbox {
    private final ReentrantLock filling = new ReentrantLock();
    private final AtomicLong rows = new AtomicLong();
    private final Set<Source> left = ConcurrentHashMap.newKeySet();

    private boolean runsDry() {
      return rows.get() < ROWS_MIN && left.stream().anyMatch(Source::takesRows);
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
    Outbox outbox = outbox(tenant.id());
    if (!outbox.filling.tryLock()) {
      return 0;
    }
    try {
      if (everywhere || outbox.left.isEmpty()) {
        outbox.left.addAll(List.of(Source.values()));
      }
      outbox.rows.set(count(tenant));
      return Arrays.stream(Source.values())
          .filter(outbox.left::contains)
          .mapToInt(source -> fill(tenant, outbox, source))
          .sum();
    } finally {
      outbox.filling.unlock();
    }
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
    return outbox.filling.isLocked() || !outbox.left.isEmpty();
  }

  /**
   * A drain has done so many rows. Where too few are left and more is known to wait, it is marked.
   *
   * @return whether any was
   */
  boolean drained(Tenant tenant, int rows) {
    Outbox outbox = outbox(tenant.id());
    outbox.rows.addAndGet(-rows);
    return outbox.runsDry() && fill(tenant, false) > 0;
  }

  private Outbox outbox(TenantId tenant) {
    return outboxes.computeIfAbsent(tenant, any -> new Outbox());
  }

  /** One look for all that there is room for, committed in parts. */
  private int fill(Tenant tenant, Outbox outbox, Source source) {
    int room = source.takesRows() ? (int) (ROWS_MAX - outbox.rows.get()) : ROWS_MAX;
    if (room <= 0) {
      return 0;
    }
    // A look that fails comes again with the next one everywhere.
    outbox.left.remove(source);
    List<LinkId> links = source.look(desk.parts().store(), tenant, room);
    for (int from = 0; from < links.size(); from += CHUNK) {
      List<LinkId> chunk = links.subList(from, Math.min(from + CHUNK, links.size()));
      desk.settle(
          tenant,
          chunk,
          link -> List.of(DocumentKey.of(link)),
          source == Source.OLDER_MAPPINGS ? Backfill::remap : Backfill::mark);
      outbox.rows.addAndGet(source.takesRows() ? chunk.size() : 0);
    }
    if (links.size() == room) {
      outbox.left.add(source);
    }
    return links.size();
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
