package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailHash;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.tenant.Indexing;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.watch.Watch.CallKind;
import dev.twofold.sync.watch.Watch.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists both sides of an account that is being connected, a page for each task. What is listed is
 * merged like anything else; nothing is written until both sides are complete. A task that was
 * killed comes again and takes in its page again, which changes nothing.
 */
public final class Indexer {

  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  private final Desk desk;
  private final HubSpotSide hubspot;
  private final StripeSide stripe;
  private final PacedCalls calls;
  private final CallOutcomes outcomes;

  public Indexer(Desk desk, HubSpotSide hubspot, StripeSide stripe, Pacers pacers) {
    this.desk = desk;
    this.hubspot = hubspot;
    this.stripe = stripe;
    this.calls = new PacedCalls(desk, pacers);
    this.outcomes = new CallOutcomes(desk, pacers);
  }

  /** Takes in one page of a side, and sees to it that the next one will be. */
  public Redelivery index(TenantId id, Side side, int run, int page) {
    Tenant tenant = desk.parts().tenants().load(id).orElse(null);
    if (tenant == null || tenant.run() != run) {
      return Redelivery.DONE;
    }
    Indexing progress = tenant.indexing(side);
    if (progress.page() != page || progress.complete()) {
      next(tenant, side);
      return Redelivery.DONE;
    }
    if (tenant.state() != TenantState.INDEXING) {
      return Redelivery.AGAIN_ALL;
    }
    Mappings mappings = desk.parts().tenants().mappings(tenant);
    List<String> shown = mappings.properties(side);
    PacedCalls.Made<Page> made =
        calls
            .make(
                id,
                side,
                Lane.BULK,
                () ->
                    side == Side.HUBSPOT
                        ? hubspot.of(mappings.hubspotType()).list(id, progress.cursor(), shown)
                        : stripe.list(id, progress.cursor(), shown))
            .orElse(null);
    if (made == null) {
      return Redelivery.AGAIN_ALONE;
    }
    return switch (made.result()) {
      case Page.Failed failed -> {
        WriteOutcome outcome = CallOutcomes.outcome(failed.result());
        desk.watch().called(id, side, CallKind.LIST, outcome, 1);
        yield outcomes.redelivery(id, side, failed.result()).orElse(Redelivery.AGAIN_ALONE);
      }
      case Page.Listed records -> {
        int found = records.records().size();
        desk.watch().called(id, side, CallKind.LIST, WriteOutcome.DONE, found);
        takeIn(tenant, records);
        advance(tenant, side, page, records);
        yield Redelivery.DONE;
      }
    };
  }

  private void takeIn(Tenant tenant, Page.Listed page) {
    Mappings mappings = desk.parts().tenants().mappings(tenant);
    desk.settle(
        tenant,
        page.records(),
        snapshot -> needs(tenant.id(), snapshot, mappings),
        (session, snapshot) -> takeIn(session, snapshot, page.span()));
  }

  private static List<DocumentKey> needs(TenantId tenant, Snapshot snapshot, Mappings mappings) {
    List<DocumentKey> needs = new ArrayList<>(List.of(DocumentKey.of(snapshot.id())));
    mappings
        .email()
        .map(field -> snapshot.properties().get(field.properties(snapshot.id().side()).getFirst()))
        .filter(address -> !address.isBlank())
        .ifPresent(address -> needs.add(DocumentKey.ofEmail(EmailHash.of(tenant, address))));
    return needs;
  }

  private static void takeIn(Desk.Session session, Snapshot snapshot, CallSpan span) {
    RecordClaim claim = session.book().claim(snapshot.id());
    if (claim != null && (claim.erased() || isDeletedSince(claim, span))) {
      return;
    }
    if (claim != null && claim.deleted()) {
      // It is listed, so it is there again.
      session.book().workspace().put(claim.living(false, span.from()));
    }
    Link owned = session.book().owner(snapshot.id());
    Link link = owned == null ? session.book().open(snapshot.id(), snapshot.createdAt()) : owned;
    if (!snapshot.id().equals(link.record(snapshot.id().side()))) {
      return;
    }
    Mappings mappings = session.mappings();
    Link taken = LinkEdits.listed(link, snapshot, span, mappings);
    session.book().put(taken);
    for (Link each : session.addresses().arrange(taken)) {
      Link settled = session.settled(each);
      session.marks().mark(settled, Lane.BULK, false);
    }
  }

  private static boolean isDeletedSince(RecordClaim claim, CallSpan span) {
    Instant life = claim.lifeAt();
    return claim.deleted() && (life == null || !life.isBefore(span.from()));
  }

  private void advance(Tenant tenant, Side side, int page, Page.Listed listed) {
    Tenant stored =
        desk.parts()
            .tenants()
            .update(
                tenant.id(),
                current -> {
                  Indexing progress = current.indexing(side);
                  boolean same = current.run() == tenant.run() && progress.page() == page;
                  Tenant advanced =
                      same && !progress.complete()
                          ? current.indexed(
                              side, progress.advanced(listed.records().size(), listed.next()))
                          : current;
                  return live(advanced);
                });
    LOG.atInfo()
        .addKeyValue("event", "sync.indexed")
        .addKeyValue("tenant", tenant.id().value())
        .addKeyValue("side", side.label())
        .addKeyValue("page", page)
        .addKeyValue("records", stored.indexing(side).records())
        .log("sync.indexed");
    next(stored, side);
  }

  /** Both sides being complete, everything that was found is now settled and written. */
  private static Tenant live(Tenant tenant) {
    boolean complete =
        tenant.indexing(Side.HUBSPOT).complete() && tenant.indexing(Side.STRIPE).complete();
    return complete && tenant.state() == TenantState.INDEXING
        ? tenant.in(TenantState.LIVE, null, null)
        : tenant;
  }

  /** Creates the task of what comes next: a page, or the sweep that works off what was found. */
  private void next(Tenant tenant, Side side) {
    Instant now = desk.parts().clock().instant();
    Indexing progress = tenant.indexing(side);
    if (!progress.complete()) {
      desk.parts()
          .dispatcher()
          .create(WriteTask.index(tenant.id(), side, tenant.run(), progress.page(), now));
      return;
    }
    // Twice, because notices may still be merged by somebody who knows the old state.
    String name = "live-" + tenant.run() + "-" + side.label();
    desk.parts().dispatcher().create(WriteTask.sweep(tenant.id(), name, now));
    desk.parts()
        .dispatcher()
        .create(WriteTask.sweep(tenant.id(), name + "-again", now.plusSeconds(3)));
  }
}
