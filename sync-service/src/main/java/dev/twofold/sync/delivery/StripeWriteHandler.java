package dev.twofold.sync.delivery;

import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.link.Work;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.watch.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a task of a Stripe queue: loads the link, finds the one call still needed, stores it,
 * makes it, records the answer. A task that finds nothing to do ends by a commit that says so.
 */
public final class StripeWriteHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StripeWriteHandler.class);

  /** Stripe may forget a key after 24 h; then a repeat would be a second effect. */
  private static final Duration KEY_LIFE = Duration.ofHours(23);

  private final Desk desk;
  private final StripeSide stripe;
  private final PacedCalls calls;
  private final CallOutcomes outcomes;
  private final TaskCommits commits;
  private final StripeRecording recording;
  private final Set<LinkId> busy = ConcurrentHashMap.newKeySet();

  public StripeWriteHandler(Desk desk, StripeSide stripe, Pacers pacers) {
    this.desk = desk;
    this.stripe = stripe;
    this.calls = new PacedCalls(desk, pacers);
    this.outcomes = new CallOutcomes(desk, pacers);
    this.commits = new TaskCommits(desk);
    this.recording = new StripeRecording(commits);
  }

  /** Carries out the task; one at a time for each link. */
  public Redelivery handle(StripeTask task) {
    if (!busy.add(task.link())) {
      return Redelivery.AGAIN_ALONE;
    }
    try {
      return carryOut(task);
    } finally {
      busy.remove(task.link());
    }
  }

  private Redelivery carryOut(StripeTask task) {
    Tenant tenant = desk.tenant(task.tenant());
    if (!tenant.state().writes()) {
      return Redelivery.AGAIN_ALL;
    }
    Call call = begin(tenant, task);
    if (call == null) {
      return Redelivery.DONE;
    }
    PacedCalls.Made<CallResult> made =
        calls
            .make(task.tenant(), Side.STRIPE, task.lane(), () -> makeTraced(tenant, call))
            .orElse(null);
    if (made == null) {
      return Redelivery.AGAIN_ALONE;
    }
    CallResult result = made.result();
    Optional<Redelivery> again = outcomes.redelivery(task.tenant(), Side.STRIPE, result);
    count(tenant, task, call, result);
    LOG.atInfo()
        .addKeyValue("event", "sync.delivered")
        .addKeyValue("tenant", task.tenant().value())
        .addKeyValue("side", "stripe")
        .addKeyValue("link", task.link().value())
        .addKeyValue("task", task.number())
        .addKeyValue("call", call.work().kind())
        .addKeyValue("outcome", result.getClass().getSimpleName())
        .addKeyValue(
            "milliseconds",
            Duration.between(made.begun(), desk.parts().clock().instant()).toMillis())
        .log("sync.delivered");
    if (again.isPresent()) {
      return again.get();
    }
    recording.record(tenant, task, call, result);
    return Redelivery.DONE;
  }

  private CallResult makeTraced(Tenant tenant, Call call) {
    return desk.traces()
        .within(
            Traces.Piece.of("stripe.call"),
            told -> {
              told.tell("kind", call.work().kind().name());
              CallResult result = make(tenant, call);
              told.tell("outcome", result.getClass().getSimpleName());
              return result;
            });
  }

  private void count(Tenant tenant, StripeTask task, Call call, CallResult result) {
    desk.watch()
        .called(
            tenant.id(),
            Side.STRIPE,
            Journal.kind(call.work().kind()),
            CallOutcomes.outcome(result),
            1);
    OpenRequest request = call.request();
    if (request == null || request.find() || !(result instanceof CallResult.Shown)) {
      return;
    }
    Mappings mappings = desk.parts().tenants().mappings(tenant);
    Instant changedAt =
        Journal.changedAt(call.link(), Side.STRIPE, request.values().keySet(), mappings);
    if (changedAt != null) {
      Duration age = Duration.between(changedAt, desk.parts().clock().instant());
      desk.watch().visible(tenant.id(), Side.STRIPE, task.lane(), age);
    }
  }

  /** The one call of this dispatch, stored before it is made. */
  record Call(Work work, @Nullable OpenRequest request, @Nullable RecordId record, Link link) {}

  /** Finds the call and stores it; null when the task has ended without one. */
  private @Nullable Call begin(Tenant tenant, StripeTask task) {
    Begun begun = new Begun();
    commits.settle(
        tenant,
        task,
        new TaskCommits.Needs(List.of(DocumentKey.of(task.link())), false),
        session -> {
          begun.successor = null;
          begun.call = begin(session, task, begun);
        });
    if (begun.successor != null) {
      desk.parts().tasks().create(task.tenant(), List.of(begun.successor));
    }
    return begun.call;
  }

  /** What the beginning of a task found, in its last try. */
  private static final class Begun {
    private @Nullable Call call;
    private @Nullable Waiting successor;
  }

  private @Nullable Call begin(Desk.Session session, StripeTask task, Begun begun) {
    Link link = session.book().link(task.link());
    TaskMark mark = link == null ? null : link.stripe().task();
    if (link == null || mark == null || !link.id().equals(task.link())) {
      return null;
    }
    if (mark.number() != task.number()) {
      begun.successor = successor(task, mark);
      return null;
    }
    Link settled = session.settled(link);
    Plan plan = session.planner().plan(settled);
    Work work = plan.work(Side.STRIPE);
    if (work == null || work.kind() == WorkKind.SETTLE) {
      session.marks().renew(settled, Side.STRIPE, mark.lane(), session.book().now());
      return null;
    }
    SideState state = settled.stripe();
    if (!work.isWrite()) {
      return new Call(work, null, state.record(), settled);
    }
    String key = "twofold-" + settled.id() + "-" + mark.number();
    OpenRequest request =
        state.open() == null ? OpenRequest.of(work, key, session.book().now()) : state.open();
    boolean expired =
        request.firstAttemptAt().plus(KEY_LIFE).isBefore(session.book().now()) && !request.find();
    OpenRequest current = expired ? request.toFind() : request;
    if (!current.equals(state.open())) {
      session.book().put(settled.with(Side.STRIPE, state.withOpen(current)));
    }
    return new Call(work, current, state.record(), settled);
  }

  /** The successor of a task that has been overtaken may have been lost with its maker. */
  private static @Nullable Waiting successor(StripeTask task, TaskMark mark) {
    if (mark.number() <= task.number()) {
      return null;
    }
    boolean urgent = mark.lane() == Lane.EXPRESS;
    return new Waiting(
        task.link(), Side.STRIPE, Long.toString(mark.number()), urgent, mark.dueAt());
  }

  private CallResult make(Tenant tenant, Call call) {
    Mappings mappings = desk.parts().tenants().mappings(tenant);
    List<String> shown = mappings.properties(Side.STRIPE);
    OpenRequest request = call.request();
    RecordId record = call.record();
    if (request == null) {
      return stripe.read(tenant.id(), required(record), shown);
    }
    if (request.find()) {
      return request.kind() == OpenRequest.Kind.CREATE
          ? find(tenant.id(), request, mappings)
          : stripe.read(tenant.id(), required(record), shown);
    }
    Duration since = Duration.between(request.firstAttemptAt(), desk.parts().clock().instant());
    StripeSide.Write write =
        new StripeSide.Write(
            request.key(),
            request.values(),
            request.mark(),
            shown,
            since.isNegative() ? Duration.ZERO : since);
    return request.kind() == OpenRequest.Kind.CREATE
        ? stripe.create(tenant.id(), write)
        : stripe.update(tenant.id(), required(record), write);
  }

  /** Whether a create whose answer is lost for good took effect: its customer bears our mark. */
  private CallResult find(TenantId tenant, OpenRequest request, Mappings mappings) {
    String email =
        mappings
            .email()
            .map(field -> request.values().get(field.properties(Side.STRIPE).getFirst()))
            .orElse(null);
    Page page = stripe.find(tenant, email, mappings.properties(Side.STRIPE));
    return switch (page) {
      case Page.Failed failed -> failed.result();
      case Page.Listed listed -> {
        for (Snapshot each : listed.records()) {
          if (request.mark() != null && request.mark().equals(each.mark())) {
            yield new CallResult.Shown(each, listed.span());
          }
        }
        yield new CallResult.Gone("no customer bears the mark of this create");
      }
    };
  }

  private static RecordId required(@Nullable RecordId record) {
    if (record == null) {
      throw new IllegalStateException("a read or an update is planned for a record that is there");
    }
    return record;
  }
}
