package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.Addresses;
import dev.twofold.sync.link.Departures;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Foresight;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkBook;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.Marks;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.link.Workspace;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.watch.Observers;
import dev.twofold.sync.watch.Traces;
import dev.twofold.sync.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What every handler of this package works with, and how it commits. */
public final class Desk {

  private static final int RACES_MAX = 10;

  /**
   * The parts a desk is made of.
   *
   * @param settle how long creates and bulk writes wait for the rest of their values
   * @param observers who looks on
   */
  public record Parts(
      LinkStore store,
      TenantDirectory tenants,
      Connections connections,
      TaskDispatcher dispatcher,
      TaskCreation tasks,
      InstantSource clock,
      RandomGenerator random,
      Duration settle,
      Observers observers) {}

  private final Parts parts;

  public Desk(Parts parts) {
    this.parts = parts;
  }

  Parts parts() {
    return parts;
  }

  Watch watch() {
    return parts.observers().watch();
  }

  Traces traces() {
    return parts.observers().traces();
  }

  Tenant tenant(TenantId id) {
    return parts
        .tenants()
        .find(id)
        .orElseThrow(() -> new RetryableFailure(Stage.LOADING, "no tenant is named " + id, null));
  }

  Planner planner(Tenant tenant) {
    return new Planner(parts.tenants().mappings(tenant), tenant.matchesOnlyBefore());
  }

  /**
   * Does the work for each item as a unit of its own and commits, again for those that lost a race.
   * The work may therefore be done more than once, each time on fresh documents.
   *
   * @param foresight reads what the work begins with, for all items together
   * @return the tasks to create now that everything is stored
   * @throws RetryableFailure when too many races were lost
   */
  <T> List<Waiting> commit(
      Tenant tenant,
      List<T> items,
      BiConsumer<Session, List<T>> foresight,
      BiConsumer<Session, T> work) {
    List<Waiting> waiting = new ArrayList<>();
    List<T> pending = items;
    for (int race = 0; race < RACES_MAX && !pending.isEmpty(); race++) {
      Session session = new Session(tenant);
      foresight.accept(session, pending);
      List<Marks> marks = new ArrayList<>();
      List<List<Side>> parked = new ArrayList<>();
      for (T item : pending) {
        session.begin();
        work.accept(session, item);
        marks.add(session.marks());
        parked.add(List.copyOf(session.parked));
      }
      Set<Integer> lost = session.workspace().commit();
      List<T> again = new ArrayList<>();
      for (int unit = 0; unit < pending.size(); unit++) {
        if (lost.contains(unit)) {
          again.add(pending.get(unit));
        } else {
          waiting.addAll(marks.get(unit).waiting());
          parked.get(unit).forEach(side -> watch().parked(tenant.id(), side));
        }
      }
      watch().committed(pending.size() - again.size(), again.size());
      pending = again;
    }
    if (!pending.isEmpty()) {
      throw new RetryableFailure(
          Stage.RECORDING, "lost " + RACES_MAX + " races for " + pending.size() + " links", null);
    }
    return waiting;
  }

  /** {@link #commit}, and then the tasks; for work of which each reads its own. */
  <T> void settle(Tenant tenant, List<T> items, BiConsumer<Session, T> work) {
    settle(tenant, items, any -> List.of(), work);
  }

  /**
   * The same with everything read together that the items are known to need.
   *
   * @param needs what an item's work begins with
   */
  <T> void settle(
      Tenant tenant,
      List<T> items,
      Function<T, Collection<DocumentKey>> needs,
      BiConsumer<Session, T> work) {
    List<Waiting> waiting =
        commit(
            tenant,
            items,
            (session, pending) ->
                session.foresee(pending.stream().map(needs).flatMap(Collection::stream).toList()),
            work);
    if (!waiting.isEmpty()) {
      parts.tasks().create(tenant.id(), waiting);
    }
  }

  /** One try at a commit: the documents, and the tools that change them. */
  final class Session {

    private final Tenant tenant;
    private final Workspace workspace;
    private final LinkBook book;
    private final Planner planner;
    private final Addresses addresses;
    private final Departures departures;
    private final List<Side> parked = new ArrayList<>();
    private Marks marks;

    private Session(Tenant tenant) {
      this.tenant = tenant;
      this.workspace = new Workspace(parts.store(), tenant.id());
      this.book =
          new LinkBook(
              workspace,
              tenant.id(),
              parts.tenants().versions(tenant),
              parts.clock().instant(),
              parts.random());
      this.planner = Desk.this.planner(tenant);
      this.addresses = new Addresses(book);
      this.departures = new Departures(book);
      this.marks = marksIn(traces().current());
    }

    /** Reads these, what they lead to, and what that rests on. */
    void foresee(List<DocumentKey> needed) {
      if (!needed.isEmpty()) {
        new Foresight(workspace).read(needed);
      }
    }

    private void begin() {
      workspace.begin();
      parked.clear();
      marks = marksIn(traces().current());
    }

    private Marks marksIn(@Nullable String trace) {
      return new Marks(book, planner, tenant.state().writes(), parts.settle(), trace);
    }

    /** Takes back what this unit has done so far. */
    void abandon() {
      workspace.abandon();
      parked.clear();
      marks = marksIn(null);
    }

    /** What this unit marks goes on with that trace; to be said before anything is marked. */
    void follow(@Nullable String trace) {
      marks = marksIn(trace);
    }

    /** Puts something before a person. */
    void park(ParkedItem item, Side side) {
      workspace.put(item);
      parked.add(side);
    }

    Mappings mappings() {
      return parts.tenants().mappings(tenant);
    }

    Workspace workspace() {
      return workspace;
    }

    LinkBook book() {
      return book;
    }

    Planner planner() {
      return planner;
    }

    Addresses addresses() {
      return addresses;
    }

    Departures departures() {
      return departures;
    }

    Marks marks() {
      return marks;
    }

    /** Records as agreed whatever both sides hold by now. */
    Link settled(Link link) {
      Link settled = LinkEdits.settled(link, planner.decide(link), mappings());
      if (!settled.equals(link)) {
        book.put(settled);
      }
      return settled;
    }
  }
}
