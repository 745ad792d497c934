package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Indexing;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each minute after what nobody else does: work whose task got lost, what was missing when
 * the accounts were connected, links that a changed mapping has not reached, purchases nobody was
 * found for. A backlog is not a fault: a task that still waits is left alone.
 */
public final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final Duration OVERDUE = Duration.ofMinutes(2);
  private static final Duration PURCHASE_WAITS = Duration.ofDays(30);
  private static final int LINKS_MAX = 500;

  /** Each takes a dispatch from HubSpot's queue, and between two of them drains fill up. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** A little less than the minute between two sweeps. */
  private static final Duration TURN = Duration.ofSeconds(50);

  private final Desk desk;
  private final Backfill backfill;
  private final Map<TenantId, Instant> sweptAt = new ConcurrentHashMap<>();
  private final Map<TenantId, Instant> goesOnAt = new ConcurrentHashMap<>();

  public Sweep(Desk desk, Backfill backfill) {
    this.desk = desk;
    this.backfill = backfill;
  }

  /** Sweeps once. What is left is swept by a task of its own, soon. */
  public Redelivery sweep(TenantId id) {
    Tenant tenant = desk.parts().tenants().load(id).orElse(null);
    if (tenant == null) {
      return Redelivery.DONE;
    }
    watch(tenant);
    if (tenant.state() == TenantState.INDEXING) {
      listOn(tenant);
    }
    if (!tenant.state().writes()) {
      backfill.count(tenant);
      return Redelivery.DONE;
    }
    boolean inTurn = takesTurn(id);
    int marked = fill(tenant, inTurn);
    int overdue = inTurn ? overdue(tenant) : 0;
    if (overdue >= LINKS_MAX) {
      sweptAt.remove(id);
      goOn(id);
    }
    int purchases = inTurn ? purchases(tenant) : 0;
    if (inTurn) {
      drainIfDue(id);
    }
    if (overdue + marked + purchases > 0) {
      LOG.atInfo()
          .addKeyValue("event", "sync.swept")
          .addKeyValue("tenant", id.value())
          .addKeyValue("overdue", overdue)
          .addKeyValue("marked", marked)
          .addKeyValue("purchases", purchases)
          .log("sync.swept");
    }
    return Redelivery.DONE;
  }

  /** Goes on soon where more waits for room, also when a look for it has failed. */
  private int fill(Tenant tenant, boolean everywhere) {
    try {
      return backfill.fill(tenant, everywhere);
    } finally {
      if (backfill.isLeft(tenant.id())) {
        goOn(tenant.id());
      }
    }
  }

  /** Sweeps again soon; once, however many sweeps ask for it. */
  private void goOn(TenantId tenant) {
    Instant now = desk.parts().clock().instant();
    Instant next = now.plus(SOON);
    Instant asked = goesOnAt.merge(tenant, next, (old, fresh) -> old.isAfter(now) ? old : fresh);
    if (asked.equals(next)) {
      String name = Long.toHexString(desk.parts().random().nextLong());
      desk.parts().dispatcher().create(WriteTask.sweep(tenant, name, next));
    }
  }

  /**
   * Sweeps that follow each other while something is worked off need not look each time for what
   * goes wrong now and then; nor does a look that fails come again before the next minute.
   */
  private boolean takesTurn(TenantId tenant) {
    Instant now = desk.parts().clock().instant();
    Instant before = sweptAt.get(tenant);
    boolean turn = before == null || before.plus(TURN).isBefore(now);
    if (turn) {
      sweptAt.put(tenant, now);
    }
    return turn;
  }

  private void watch(Tenant tenant) {
    for (Side side : Side.values()) {
      boolean broken = tenant.state() == TenantState.BROKEN && tenant.brokenSide() == side;
      desk.watch().connection(tenant.id(), side, broken);
    }
  }

  /** Whoever began the listing may have died before its first task was there. */
  private void listOn(Tenant tenant) {
    Instant now = desk.parts().clock().instant();
    for (Side side : Side.values()) {
      Indexing progress = tenant.indexing(side);
      if (!progress.complete()) {
        desk.parts()
            .dispatcher()
            .create(WriteTask.index(tenant.id(), side, tenant.run(), progress.page(), now));
      }
    }
  }

  private int overdue(Tenant tenant) {
    Instant before = desk.parts().clock().instant().minus(OVERDUE);
    List<LinkId> links = desk.parts().store().overdue(tenant.id(), before, LINKS_MAX);
    for (LinkId link : links) {
      desk.settle(tenant, List.of(link), (session, each) -> overdue(session, each, before));
    }
    return links.size();
  }

  private void overdue(Desk.Session session, LinkId id, Instant before) {
    Link link = session.book().link(id);
    if (link == null || !link.id().equals(id)) {
      return;
    }
    Link looked = link;
    for (Side side : Side.values()) {
      TaskMark mark = looked.side(side).task();
      if (mark != null && mark.dueAt().isBefore(before)) {
        looked =
            isGone(session, looked, side, mark)
                ? session.marks().renew(looked, side, mark.lane(), session.book().now())
                : later(session, looked, side, mark);
      }
    }
  }

  private boolean isGone(Desk.Session session, Link link, Side side, TaskMark mark) {
    if (side == Side.HUBSPOT) {
      // Its row is what waits; rows that are due get a drain below.
      DocumentKey row = DocumentKey.ofRow(link.id(), Long.toString(mark.number()));
      return session.workspace().get(row, OutboxRow.class) == null;
    }
    Waiting waiting =
        new Waiting(
            link.id(),
            side,
            Long.toString(mark.number()),
            mark.lane() == Lane.EXPRESS,
            mark.dueAt());
    return !desk.parts().dispatcher().exists(TaskCreation.task(session.book().tenant(), waiting));
  }

  private static Link later(Desk.Session session, Link link, Side side, TaskMark mark) {
    Link later = link.with(side, link.side(side).withTask(mark.dueAt(session.book().now())));
    session.book().put(later);
    return later;
  }

  private int purchases(Tenant tenant) {
    Instant now = desk.parts().clock().instant();
    List<Purchase> waiting =
        desk.parts().store().waitingPurchases(tenant.id(), now, LINKS_MAX).stream()
            .filter(purchase -> purchase.link() == null)
            .toList();
    desk.settle(tenant, waiting, (session, purchase) -> purchase(session, purchase, now));
    return waiting.size();
  }

  private static void purchase(Desk.Session session, Purchase waiting, Instant now) {
    Purchase purchase = session.workspace().get(waiting.key(), Purchase.class);
    if (purchase == null || purchase.state() != Purchase.State.WAITING) {
      return;
    }
    Link link = ofAddress(session, purchase.emailHash());
    if (link != null) {
      TreeSet<String> listed = new TreeSet<>(link.purchases());
      listed.add(purchase.id());
      session.workspace().put(purchase.now(Purchase.State.WAITING, link.id(), null));
      Link changed = link.withPurchases(listed);
      session.book().put(changed);
      session.marks().mark(changed, Lane.EXPRESS, false);
      return;
    }
    if (purchase.occurredAt().plus(PURCHASE_WAITS).isBefore(now)) {
      String reason = "nobody with the receipt's address was found in 30 days";
      session.workspace().put(purchase.now(Purchase.State.PARKED, null, reason));
      session.park(
          new ParkedItem("purchase-" + purchase.id(), "purchase", null, reason, null, now),
          Side.HUBSPOT);
    }
  }

  private static @Nullable Link ofAddress(Desk.Session session, @Nullable String hash) {
    if (hash == null) {
      return null;
    }
    EmailClaim claim = session.workspace().get(DocumentKey.ofEmail(hash), EmailClaim.class);
    return claim == null || claim.holder() == null ? null : session.book().link(claim.holder());
  }

  /** Rows that are due and have lost their drain get one. */
  private void drainIfDue(TenantId tenant) {
    Instant now = desk.parts().clock().instant();
    Instant due = desk.parts().store().nextRowDueAt(tenant);
    if (due != null && due.plus(OVERDUE).isBefore(now)) {
      String name = Long.toHexString(desk.parts().random().nextLong());
      desk.parts().dispatcher().create(WriteTask.nextDrain(tenant, name, now));
    }
  }
}
