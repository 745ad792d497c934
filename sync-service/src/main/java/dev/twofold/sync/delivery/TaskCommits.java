package dev.twofold.sync.delivery;

import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.GroupCommit;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commits what Stripe's tasks store, their beginnings and their answers, in groups: a hundred tasks
 * a second would otherwise read and commit four hundred times. Each task's part stands or falls by
 * itself, and each is told only when its own is stored.
 */
final class TaskCommits {

  private static final int GROUP_MAX = 200;

  /** More than the queues ever have under way. */
  private static final int CALLERS_MAX = 1_000;

  private final Desk desk;
  private final Map<TenantId, GroupCommit<Part>> groups = new ConcurrentHashMap<>();

  TaskCommits(Desk desk) {
    this.desk = desk;
  }

  /**
   * What a part of a commit reads before its work.
   *
   * @param keys read for all together
   * @param leading whether what these documents lead to is read as well
   */
  record Needs(Collection<DocumentKey> keys, boolean leading) {}

  /** One task's part of a commit; what went wrong with it is nobody else's trouble. */
  private record Part(
      Tenant tenant,
      Needs needs,
      Consumer<Desk.Session> work,
      @Nullable String trace,
      AtomicReference<@Nullable RuntimeException> failure) {

    void doIn(Desk.Session session) {
      failure.set(null);
      session.follow(trace);
      try {
        work.accept(session);
      } catch (RuntimeException wrong) {
        session.abandon();
        failure.set(wrong);
      }
    }
  }

  /**
   * Does the work as a unit of its own and commits it with that of others, again if it lost a race;
   * then sees to the tasks it has marked.
   */
  void settle(Tenant tenant, StripeTask task, Needs needs, Consumer<Desk.Session> work) {
    Part part = new Part(tenant, needs, work, desk.traces().current(), new AtomicReference<>());
    group(tenant.id()).submit(List.of(part), task.lane());
    RuntimeException failure = part.failure().get();
    if (failure != null) {
      throw failure;
    }
  }

  private GroupCommit<Part> group(TenantId tenant) {
    return groups.computeIfAbsent(
        tenant, id -> new GroupCommit<>(GROUP_MAX, CALLERS_MAX, parts -> commit(id, parts)));
  }

  private Future<?> commit(TenantId id, List<Part> parts) {
    // Who began with the tenant as it was a moment ago makes and records its call by that.
    Map<Tenant, List<Part>> alike = new LinkedHashMap<>();
    parts.forEach(part -> alike.computeIfAbsent(part.tenant(), any -> new ArrayList<>()).add(part));
    List<Waiting> waiting = new ArrayList<>();
    alike.forEach((tenant, each) ->
        waiting.addAll(
            desk.commit(
                tenant, each, TaskCommits::foresee, (session, part) -> part.doIn(session))));
    return desk.parts().tasks().begin(id, waiting);
  }

  private static void foresee(Desk.Session session, List<Part> parts) {
    List<DocumentKey> all = new ArrayList<>();
    List<DocumentKey> leading = new ArrayList<>();
    for (Part part : parts) {
      all.addAll(part.needs().keys());
      if (part.needs().leading()) {
        leading.addAll(part.needs().keys());
      }
    }
    session.workspace().prefetch(all);
    session.foresee(leading);
  }
}
