package dev.twofold.sync.console;

import dev.twofold.sync.console.LinkView.HistoryView;
import dev.twofold.sync.console.LinkView.Neighbour;
import dev.twofold.sync.console.LinkView.ParkedView;
import dev.twofold.sync.console.LinkView.PurchaseView;
import dev.twofold.sync.console.LinkView.RequestView;
import dev.twofold.sync.console.LinkView.SideView;
import dev.twofold.sync.console.LinkView.SwingView;
import dev.twofold.sync.console.LinkView.TaskView;
import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.Parked;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.Remapping;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.mapping.MappingVersions;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the view of a link from the link and the documents around it. */
final class LinkViews {

  private static final int HISTORY_MAX = 100;
  private static final int PURCHASES_MAX = 50;
  private static final int NEIGHBOURS_MAX = 20;

  private final LinkFinder finder;
  private final MappingVersions versions;
  private final Mappings mappings;
  private final Planner planner;

  LinkViews(LinkFinder finder, MappingVersions versions, Planner planner) {
    this.finder = finder;
    this.versions = versions;
    this.mappings = versions.inForce();
    this.planner = planner;
  }

  LinkView view(Link stored) {
    // As it will be merged when it is next touched.
    Link link =
        stored.mappingVersion() < mappings.version()
            ? Remapping.remapped(stored, versions.version(stored.mappingVersion()), mappings)
            : stored;
    Plan plan = planner.plan(link);
    Backlog backlog = link.backlog();
    return new LinkView(
        finder.tenant().value(),
        link.id().value(),
        link.createdAt(),
        stored.mappingVersion(),
        mappings.version(),
        Stream.of(Side.values()).map(side -> side(link, side, plan)).toList(),
        FieldViews.of(link, mappings, plan.decisions()),
        link.unlinked(),
        emailHeldBy(link),
        emailAwaitedBy(link),
        link.swings().frozen(),
        swings(link),
        backlog == null ? null : word(backlog),
        link.purchases().stream().limit(PURCHASES_MAX).map(this::purchase).toList(),
        Math.max(0, link.purchases().size() - PURCHASES_MAX),
        finder.store().history(finder.tenant(), link.id(), HISTORY_MAX).stream()
            .map(entry -> new HistoryView(entry.at(), entry.what(), new TreeMap<>(entry.details())))
            .toList());
  }

  private static List<SwingView> swings(Link link) {
    return link.swings().times().entrySet().stream()
        .flatMap(each ->
            each.getValue().stream().map(swing -> new SwingView(each.getKey().value(), swing.at())))
        .toList();
  }

  private SideView side(Link link, Side side, Plan plan) {
    SideState state = link.side(side);
    OpenRequest open = state.open();
    Parked parked = state.parked();
    return new SideView(
        side.label(),
        id(state.record()),
        state.recordCreatedAt(),
        word(state.knowledge()),
        state.mustRead(),
        state.mark(),
        waiting(link, side, state.task()),
        open == null
            ? null
            : new RequestView(
                word(open.kind()), open.key(), open.values(), open.mark(), open.firstAttemptAt()),
        parked == null ? null : new ParkedView(parked.reason(), parked.field(), parked.at()),
        plan.withheld().get(side),
        state.stopped());
  }

  private @Nullable TaskView waiting(Link link, Side side, @Nullable TaskMark task) {
    if (task == null) {
      return null;
    }
    OutboxRow row =
        side == Side.HUBSPOT
            ? finder
                .load(DocumentKey.ofRow(link.id(), Long.toString(task.number())), OutboxRow.class)
                .orElse(null)
            : null;
    return new TaskView(
        task.number(),
        word(task.kind()),
        word(task.lane()),
        row == null ? task.dueAt() : row.dueAt(),
        row == null ? null : row.attempts(),
        row == null ? null : row.lastError());
  }

  private PurchaseView purchase(String id) {
    return finder
        .load(DocumentKey.ofPurchase(id), Purchase.class)
        .map(purchase ->
            new PurchaseView(
                id,
                purchase.amount(),
                purchase.currency(),
                purchase.occurredAt(),
                word(purchase.state()),
                purchase.reason()))
        .orElseGet(() -> new PurchaseView(id, null, null, null, "not found", null));
  }

  private @Nullable Neighbour emailHeldBy(Link link) {
    String hash = link.waitsFor();
    LinkId holder = hash == null ? null : finder.emailOf(hash).map(EmailClaim::holder).orElse(null);
    return holder == null ? null : neighbour(holder).orElse(null);
  }

  private List<Neighbour> emailAwaitedBy(Link link) {
    List<Neighbour> waiting = new ArrayList<>();
    for (String hash : link.emails()) {
      EmailClaim claim = finder.emailOf(hash).orElse(EmailClaim.free(hash));
      for (LinkId waiter : claim.waiting()) {
        if (waiting.size() < NEIGHBOURS_MAX) {
          neighbour(waiter).ifPresent(waiting::add);
        }
      }
    }
    return List.copyOf(waiting);
  }

  private Optional<Neighbour> neighbour(LinkId id) {
    return finder
        .link(id)
        .map(link ->
            new Neighbour(
                link.id().value(), id(link.record(Side.HUBSPOT)), id(link.record(Side.STRIPE))));
  }

  private static @Nullable String id(@Nullable RecordId record) {
    return record == null ? null : record.id();
  }

  /** The constant in lower case, as in {@code to-stripe}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
