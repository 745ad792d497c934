package dev.twofold.sync.reconcile;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailHash;
import dev.twofold.sync.link.Foresight;
import dev.twofold.sync.link.GroupCommit;
import dev.twofold.sync.link.LinkBook;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.Marks;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.link.Workspace;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.watch.Observers;
import dev.twofold.sync.watch.Traces;
import dev.twofold.sync.watch.Watch;
import dev.twofold.sync.watch.Watch.NoticeOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles deliveries: reads what they say, merges it, commits it, and sees to it that the tasks
 * exist. Returns when all of that is done; throws {@link RetryableFailure} when the same delivery
 * is to come again.
 */
public final class NoticeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeHandler.class);
  private static final int RACES_MAX = 10;

  /** An import brings a thousand a second, and whoever comes next must not wait for long. */
  private static final int GROUP_MAX = 500;

  private static final int CALLERS_MAX = 5_000;

  /**
   * What the handler works with.
   *
   * @param settle how long creates and bulk writes wait for the rest of their values
   * @param observers who looks on
   */
  public record Parts(
      LinkStore store,
      TenantDirectory tenants,
      Connections connections,
      TaskCreation tasks,
      InstantSource clock,
      RandomGenerator random,
      Duration settle,
      Observers observers) {}

  /** A notice in the trace of its delivery. */
  private record Traced(ChangeNotice notice, @Nullable String trace) {}

  private final Parts parts;
  private final HubSpotNotices hubspot;
  private final StripeNotices stripe;
  private final Map<TenantId, GroupCommit<Traced>> groups = new ConcurrentHashMap<>();

  public NoticeHandler(Parts parts) {
    this.parts = parts;
    JsonMapper json = JsonMapper.builder().build();
    this.hubspot = new HubSpotNotices(json, parts.connections());
    this.stripe = new StripeNotices(json);
  }

  /** Handles one delivery; what cannot be understood of it is parked. */
  public void handle(Delivery delivery) {
    Traces.Piece piece = Traces.Piece.of("notices").after(delivery.trace());
    traces()
        .within(
            piece,
            told -> {
              told.tell("messageId", delivery.messageId());
              told.tell("from", delivery.from().label());
              handleTraced(delivery);
              return true;
            });
  }

  private void handleTraced(Delivery delivery) {
    Instant begun = parts.clock().instant();
    Parsed parsed = parse(delivery);
    park(delivery, parsed.unreadable());
    String trace = traces().current();
    parsed.notices().forEach((tenant, notices) -> take(tenant, notices, trace));
    count(delivery, parsed);
    LOG.atInfo()
        .addKeyValue("event", "sync.reconciled")
        .addKeyValue("messageId", delivery.messageId())
        .addKeyValue("from", delivery.from().label())
        .addKeyValue("notices", parsed.notices().values().stream().mapToInt(List::size).sum())
        .addKeyValue("dropped", parsed.dropped())
        .addKeyValue("parked", parsed.unreadable().size())
        .addKeyValue("milliseconds", Duration.between(begun, parts.clock().instant()).toMillis())
        .log("sync.reconciled");
  }

  private void count(Delivery delivery, Parsed parsed) {
    Watch watch = parts.observers().watch();
    Side from = delivery.from();
    parsed
        .notices()
        .forEach(
            (tenant, notices) -> watch.noticed(tenant, from, NoticeOutcome.MERGED, notices.size()));
    watch.noticed(delivery.tenant(), from, NoticeOutcome.DROPPED, parsed.dropped());
    watch.noticed(delivery.tenant(), from, NoticeOutcome.PARKED, parsed.unreadable().size());
  }

  private Traces traces() {
    return parts.observers().traces();
  }

  private Parsed parse(Delivery delivery) {
    if (delivery.from() == Side.HUBSPOT) {
      return hubspot.parse(delivery);
    }
    TenantId id = delivery.tenant();
    if (id == null) {
      return new Parsed(Map.of(), List.of("a Stripe delivery names its tenant"), 0);
    }
    return parts
        .tenants()
        .find(id)
        .map(tenant -> stripe.parse(delivery, id, parts.tenants().mappings(tenant)))
        .orElseGet(() -> new Parsed(Map.of(), List.of("no tenant is named " + id), 0));
  }

  private void park(Delivery delivery, List<String> reasons) {
    TenantId tenant = delivery.tenant();
    if (reasons.isEmpty() || tenant == null) {
      if (!reasons.isEmpty()) {
        LOG.warn("notices of message {} lead to no tenant: {}", delivery.messageId(), reasons);
      }
      return;
    }
    Workspace workspace = new Workspace(parts.store(), tenant);
    workspace.begin();
    for (int part = 0; part < reasons.size(); part++) {
      workspace.put(
          new ParkedItem(
              "notice-" + delivery.messageId() + "-" + part,
              "notice",
              null,
              reasons.get(part),
              null,
              parts.clock().instant()));
    }
    if (!workspace.commit().isEmpty()) {
      throw new RetryableFailure(Stage.RECORDING, "another handles the same message", null);
    }
    reasons.forEach(any -> parts.observers().watch().parked(tenant, delivery.from()));
  }

  /** Takes in notices, together with whatever else arrives meanwhile. */
  void take(TenantId tenant, List<ChangeNotice> notices, @Nullable String trace) {
    Lane lane = notices.stream().map(ChangeNotice::lane).reduce(Lane.BULK, Lane::urgent);
    group(tenant).submit(notices.stream().map(notice -> new Traced(notice, trace)).toList(), lane);
  }

  private GroupCommit<Traced> group(TenantId tenant) {
    return groups.computeIfAbsent(
        tenant,
        any -> new GroupCommit<>(GROUP_MAX, CALLERS_MAX, notices -> commit(tenant, notices)));
  }

  /** Commits the notices, and answers with the creation of their tasks. */
  private Future<?> commit(TenantId id, List<Traced> notices) {
    Set<String> origins = new LinkedHashSet<>();
    for (Traced notice : notices) {
      if (notice.trace() != null) {
        origins.add(notice.trace());
      }
    }
    // The first one's trace goes on with the commit; the others lead to it.
    Traces.Piece piece =
        Traces.Piece.of("commit")
            .after(origins.isEmpty() ? null : origins.iterator().next())
            .linked(origins.stream().skip(1).toList());
    return traces()
        .within(
            piece,
            told -> {
              told.tell("tenant", id.value());
              told.tell("notices", Integer.toString(notices.size()));
              return commitTraced(id, notices);
            });
  }

  private Future<?> commitTraced(TenantId id, List<Traced> notices) {
    Tenant tenant =
        parts
            .tenants()
            .find(id)
            .orElseThrow(
                () -> new RetryableFailure(Stage.LOADING, "no tenant is named " + id, null));
    Map<RecordId, List<Traced>> units = new LinkedHashMap<>();
    for (Traced each : notices) {
      units.computeIfAbsent(each.notice().record(), any -> new ArrayList<>()).add(each);
    }
    List<Waiting> waiting = new ArrayList<>();
    Set<LinkId> erased = new HashSet<>();
    List<Unit> pending = units.values().stream().map(Unit::of).toList();
    for (int race = 0; race < RACES_MAX && !pending.isEmpty(); race++) {
      pending = attempt(tenant, pending, waiting, erased);
    }
    if (!pending.isEmpty()) {
      throw new RetryableFailure(
          Stage.RECORDING, "lost " + RACES_MAX + " races for " + pending.size() + " records", null);
    }
    erased.forEach(link -> parts.store().eraseHistory(id, link));
    return parts.tasks().begin(id, waiting);
  }

  /** The notices about one record; their work goes on with the trace of the first of them. */
  private record Unit(List<ChangeNotice> notices, @Nullable String trace) {

    static Unit of(List<Traced> traced) {
      return new Unit(traced.stream().map(Traced::notice).toList(), traced.getFirst().trace());
    }
  }

  /** One try at committing the units; answers with those that lost a race. */
  private List<Unit> attempt(
      Tenant tenant, List<Unit> units, List<Waiting> waiting, Set<LinkId> erased) {
    Mappings mappings = parts.tenants().mappings(tenant);
    Workspace workspace = new Workspace(parts.store(), tenant.id());
    prefetch(workspace, tenant.id(), units, mappings);
    LinkBook book =
        new LinkBook(
            workspace,
            tenant.id(),
            parts.tenants().versions(tenant),
            parts.clock().instant(),
            parts.random());
    Planner planner = new Planner(mappings, tenant.matchesOnlyBefore());
    List<Marks> marked = new ArrayList<>();
    List<NoticeApplication> applied = new ArrayList<>();
    for (Unit unit : units) {
      workspace.begin();
      Marks marks = new Marks(book, planner, tenant.state().writes(), parts.settle(), unit.trace());
      NoticeApplication application = new NoticeApplication(book, marks);
      try {
        application.apply(unit.notices());
      } catch (IllegalArgumentException | IllegalStateException failure) {
        RecordId record = unit.notices().getFirst().record();
        LOG.error("the notices of record {} could not be handled", record, failure);
        return withoutBad(tenant, units, unit, failure);
      }
      marked.add(marks);
      applied.add(application);
    }
    Set<Integer> lost = workspace.commit();
    List<Unit> again = new ArrayList<>();
    for (int unit = 0; unit < units.size(); unit++) {
      if (lost.contains(unit)) {
        again.add(units.get(unit));
      } else {
        waiting.addAll(marked.get(unit).waiting());
        erased.addAll(applied.get(unit).erased());
      }
    }
    parts.observers().watch().committed(units.size() - again.size(), again.size());
    return again;
  }

  /** Parks the unit that cannot be handled, so that the others can go on. */
  private List<Unit> withoutBad(
      Tenant tenant, List<Unit> units, Unit bad, RuntimeException failure) {
    RecordId record = bad.notices().getFirst().record();
    Workspace workspace = new Workspace(parts.store(), tenant.id());
    workspace.begin();
    workspace.put(
        new ParkedItem(
            "record-" + record.key(),
            "notice",
            null,
            "a notice of "
                + record.key()
                + " could not be handled: "
                + failure.getClass().getSimpleName(),
            null,
            parts.clock().instant()));
    if (!workspace.commit().isEmpty()) {
      throw new RetryableFailure(Stage.RECORDING, "another parks the same record", failure);
    }
    parts.observers().watch().parked(tenant.id(), record.side());
    return units.stream().filter(unit -> !unit.equals(bad)).toList();
  }

  /** Records, addresses and purchases, the links they lead to, and what those rest on. */
  private static void prefetch(
      Workspace workspace, TenantId tenant, List<Unit> units, Mappings mappings) {
    Set<DocumentKey> keys = new LinkedHashSet<>();
    for (ChangeNotice notice : units.stream().flatMap(unit -> unit.notices().stream()).toList()) {
      keys.add(DocumentKey.of(notice.record()));
      emails(notice, mappings)
          .forEach(address -> keys.add(DocumentKey.ofEmail(EmailHash.of(tenant, address))));
      if (notice instanceof ChangeNotice.Purchased purchased) {
        keys.add(DocumentKey.ofPurchase(purchased.purchase()));
      }
    }
    new Foresight(workspace).read(keys);
  }

  private static List<String> emails(ChangeNotice notice, Mappings mappings) {
    Map<String, String> values =
        switch (notice) {
          case ChangeNotice.Created created -> created.values();
          case ChangeNotice.Changed changed -> changed.values();
          default -> Map.of();
        };
    return mappings
        .email()
        .map(field -> values.get(field.properties(notice.record().side()).getFirst()))
        .filter(address -> !address.isBlank())
        .map(List::of)
        .orElse(List.of());
  }
}
