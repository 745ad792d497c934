package dev.twofold.sync.delivery;

import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.Work;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns rows into one batch: what each row's link still needs, stored before the call. */
final class DrainBatches {

  private final Desk desk;
  private final HubSpotSide hubspot;

  DrainBatches(Desk desk, HubSpotSide hubspot) {
    this.desk = desk;
    this.hubspot = hubspot;
  }

  /**
   * A row, and what it asks of HubSpot.
   *
   * @param link as it was when the work was planned; null for an event
   * @param kind what is called, the same for every item of a batch
   * @param request the stored write; null for reads and events
   * @param purchase the purchase of an event; null else
   * @param changedAt when the change it carries was made; null where it carries none
   */
  record Item(
      OutboxRow row,
      @Nullable Link link,
      WorkKind kind,
      Work work,
      @Nullable OpenRequest request,
      @Nullable RecordId contact,
      @Nullable Purchase purchase,
      @Nullable Instant changedAt) {

    /** Whether a lost write is looked up, which is a call for one row alone. */
    boolean finds() {
      return request != null && request.find();
    }
  }

  /** What goes in one call; and whether some of the rows must wait for another. */
  record Batch(List<Item> items, boolean leaves) {}

  /**
   * Stores what is about to be written; rows that need nothing, or something else, are left out.
   */
  Batch begin(Tenant tenant, List<OutboxRow> rows) {
    Map<DocumentKey, Item> items = new HashMap<>();
    desk.settle(
        tenant,
        rows,
        DrainBatches::needs,
        (session, row) -> {
          items.remove(row.key());
          Item item = row.kind() == WorkKind.EVENT ? event(session, row) : item(session, row);
          if (item != null) {
            items.put(row.key(), item);
          }
        });
    List<Item> ordered =
        new ArrayList<>(
            rows.stream().map(row -> items.get(row.key())).filter(item -> item != null).toList());
    // A look-up is a call of its own; the others of its batch come with the next drain.
    if (!ordered.isEmpty() && ordered.getFirst().finds()) {
      return new Batch(List.of(ordered.getFirst()), ordered.size() > 1);
    }
    boolean leaves = ordered.removeIf(Item::finds);
    return new Batch(ordered, leaves);
  }

  /** What a row's work begins with. */
  static List<DocumentKey> needs(OutboxRow row) {
    DocumentKey link = DocumentKey.of(row.link());
    return row.kind() == WorkKind.EVENT
        ? List.of(row.key(), link, DocumentKey.ofPurchase(row.task()))
        : List.of(row.key(), link);
  }

  private @Nullable Item item(Desk.Session session, OutboxRow row) {
    OutboxRow stored = session.workspace().get(row.key(), OutboxRow.class);
    Link link = session.book().link(row.link());
    TaskMark mark = link == null ? null : link.hubspot().task();
    boolean stale =
        link == null
            || mark == null
            || !link.id().equals(row.link())
            || !Long.toString(mark.number()).equals(row.task());
    if (stored == null) {
      return null;
    }
    if (stale || link == null || mark == null) {
      session.workspace().remove(row.key());
      return null;
    }
    Link settled = session.settled(link);
    Work work = session.planner().plan(settled).work(Side.HUBSPOT);
    if (work == null || work.kind() != row.kind()) {
      // Nothing is needed by now, or something else: then that goes with the next drain.
      session.marks().renew(settled, Side.HUBSPOT, mark.lane(), session.book().now());
      return null;
    }
    return work.isWrite() ? write(session, settled, stored, work) : read(settled, stored, work);
  }

  private static @Nullable Item read(Link link, OutboxRow row, Work work) {
    return new Item(row, link, row.kind(), work, null, link.record(Side.HUBSPOT), null, null);
  }

  private Item write(Desk.Session session, Link link, OutboxRow row, Work work) {
    SideState state = link.hubspot();
    OpenRequest open = state.open();
    String key = "twofold-" + link.id() + "-h-" + row.task();
    OpenRequest request =
        open == null ? OpenRequest.of(work, key, session.book().now()) : open.again();
    if (!request.equals(open)) {
      session.book().put(link.with(Side.HUBSPOT, state.withOpen(request)));
    }
    Instant changedAt =
        Journal.changedAt(link, Side.HUBSPOT, request.values().keySet(), session.mappings());
    return new Item(row, link, row.kind(), work, request, state.record(), null, changedAt);
  }

  private @Nullable Item event(Desk.Session session, OutboxRow row) {
    OutboxRow stored = session.workspace().get(row.key(), OutboxRow.class);
    Purchase purchase = session.workspace().get(DocumentKey.ofPurchase(row.task()), Purchase.class);
    if (stored == null || purchase == null || purchase.state() != Purchase.State.QUEUED) {
      session.workspace().remove(row.key());
      return null;
    }
    Link link = session.book().link(row.link());
    RecordId contact = link == null ? null : link.record(Side.HUBSPOT);
    if (link == null || contact == null) {
      // The contact has left since: the purchase waits in its link again.
      session.workspace().remove(row.key());
      session
          .workspace()
          .put(
              purchase.now(
                  Purchase.State.WAITING, link == null ? null : link.id(), "no contact is there"));
      if (link != null) {
        TreeSet<String> waiting = new TreeSet<>(link.purchases());
        waiting.add(purchase.id());
        session.book().put(link.withPurchases(waiting));
      }
      return null;
    }
    Work work = new Work(WorkKind.EVENT, Map.of(), Map.of(), null);
    Instant changedAt = purchase.occurredAt();
    return new Item(stored, null, WorkKind.EVENT, work, null, contact, purchase, changedAt);
  }

  /** The one call. */
  BatchResult call(Tenant tenant, List<Item> items) {
    Mappings mappings = desk.parts().tenants().mappings(tenant);
    List<String> shown = mappings.properties(Side.HUBSPOT);
    HubSpotSide records = hubspot.of(mappings.hubspotType());
    Item first = items.getFirst();
    if (first.finds()) {
      return first.contact() != null && first.kind() == WorkKind.UPDATE
          ? records.read(tenant.id(), List.of(first.contact()), shown)
          : new BatchResult.Rows(List.of(find(tenant, first, mappings)));
    }
    return switch (items.getFirst().kind()) {
      case READ ->
          records.read(
              tenant.id(),
              items.stream().map(Item::contact).filter(contact -> contact != null).toList(),
              shown);
      case CREATE -> records.create(tenant.id(), rows(items), shown);
      case UPDATE -> records.update(tenant.id(), rows(items), shown);
      case EVENT -> records.send(tenant.id(), events(items));
      case SETTLE -> throw new IllegalStateException("HubSpot's rows never settle");
    };
  }

  private CallResult find(Tenant tenant, Item item, Mappings mappings) {
    List<String> shown = mappings.properties(Side.HUBSPOT);
    OpenRequest request = item.request();
    if (request == null || request.mark() == null) {
      throw new IllegalStateException("only a stored write that bears our mark is looked up");
    }
    return hubspot.of(mappings.hubspotType()).findMarked(tenant.id(), request.mark(), shown);
  }

  private List<HubSpotSide.Row> rows(List<Item> items) {
    List<HubSpotSide.Row> rows = new ArrayList<>();
    for (Item item : items) {
      OpenRequest request = item.request();
      if (request == null) {
        throw new IllegalStateException("a write is stored before it is sent");
      }
      Duration since = Duration.between(request.firstAttemptAt(), desk.parts().clock().instant());
      rows.add(
          new HubSpotSide.Row(
              Integer.toString(rows.size()),
              item.contact(),
              request.values(),
              request.mark(),
              since.isNegative() ? Duration.ZERO : since));
    }
    return rows;
  }

  private static List<HubSpotSide.PurchaseEvent> events(List<Item> items) {
    List<HubSpotSide.PurchaseEvent> events = new ArrayList<>();
    for (Item item : items) {
      Purchase purchase = item.purchase();
      RecordId contact = item.contact();
      if (purchase == null || contact == null) {
        throw new IllegalStateException("an event has its purchase and its contact");
      }
      events.add(
          new HubSpotSide.PurchaseEvent(
              contact,
              purchase.id(),
              purchase.amount(),
              purchase.currency(),
              purchase.customer(),
              purchase.occurredAt()));
    }
    return events;
  }
}
