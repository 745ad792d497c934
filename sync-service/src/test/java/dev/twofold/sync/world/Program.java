package dev.twofold.sync.world;

import dev.twofold.sync.delivery.Backfill;
import dev.twofold.sync.delivery.Connecting;
import dev.twofold.sync.delivery.Desk;
import dev.twofold.sync.delivery.HubSpotDrain;
import dev.twofold.sync.delivery.Indexer;
import dev.twofold.sync.delivery.LinkOperations;
import dev.twofold.sync.delivery.Pacers;
import dev.twofold.sync.delivery.StripeTask;
import dev.twofold.sync.delivery.StripeWriteHandler;
import dev.twofold.sync.delivery.Sweep;
import dev.twofold.sync.dispatch.Queue;
import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.pacing.PaceSettings;
import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.pacing.Parking;
import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.reconcile.NoticeHandler;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.side.hubspot.HubSpotOverWire;
import dev.twofold.sync.side.stripe.StripeOverWire;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.watch.Observers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of the service, with both roles: the production classes built with {@code new} over
 * gated ports. It can be killed, which breaks every request it was serving, and frozen.
 */
final class Program {

  static final Duration SETTLE = Duration.ofSeconds(1);
  private static final Duration FRESHNESS = Duration.ofSeconds(2);

  private final String name;
  private final World world;
  private final NoticeHandler notices;
  private final StripeWriteHandler stripeWrites;
  private final HubSpotDrain drain;
  private final Indexer indexer;
  private final Sweep sweep;
  private final Connecting connecting;
  private final LinkOperations operations;
  private final HubSpotSide hubspot;
  private final Map<Side, Pacer> pacers = new EnumMap<>(Side.class);
  private final List<Request> serving = new ArrayList<>();
  private final Set<Thread> heldSincePaced = new HashSet<>();
  private @Nullable Instant frozenUntil;
  private boolean killed;

  Program(String name, World world) {
    this.name = name;
    this.world = world;
    Gate gate = new Gate(world, this);
    VirtualTime time = world.time();
    GatedStores.Links links = new GatedStores.Links(world.links(), gate);
    GatedStores.Tenants tenants = new GatedStores.Tenants(world.tenants(), gate);
    TenantDirectory directory = new TenantDirectory(tenants, world.connections(), time, FRESHNESS);
    TaskQueues.Port dispatcher = world.queues().port(gate);
    WorldThreads threads = new WorldThreads(time);
    TaskCreation creation = new TaskCreation(dispatcher, threads);
    for (Side side : Side.values()) {
      pacers.put(
          side,
          new Pacer(PaceSettings.of(world.limit(side)), time::nanos, new WorldParking(this, time)));
    }
    this.hubspot = hubspot(gate);
    StripeSide stripe = stripe(gate);
    Desk desk =
        new Desk(
            new Desk.Parts(
                links,
                directory,
                world.connections(),
                dispatcher,
                creation,
                time,
                world.ids(),
                SETTLE,
                Observers.NOBODY));
    Pacers paced = (tenant, side) -> pacer(directory, tenant, side);
    this.notices =
        new NoticeHandler(
            new NoticeHandler.Parts(
                links,
                directory,
                world.connections(),
                creation,
                time,
                world.ids(),
                SETTLE,
                Observers.NOBODY));
    this.stripeWrites = new StripeWriteHandler(desk, stripe, paced);
    Backfill backfill = new Backfill(desk);
    this.drain = new HubSpotDrain(desk, hubspot, paced, backfill, world.limit(Side.HUBSPOT));
    this.indexer = new Indexer(desk, hubspot, stripe, paced);
    this.sweep = new Sweep(desk, backfill);
    this.connecting = new Connecting(desk);
    this.operations = new LinkOperations(desk);
  }

  private HubSpotSide hubspot(Gate gate) {
    VirtualTime time = world.time();
    HubSpotSide side =
        HubSpotOverWire.side(
            world.connections(),
            time,
            time::nanos,
            request -> world.exchange(this, Side.HUBSPOT, request));
    return new GatedSides.HubSpot(side, gate);
  }

  private StripeSide stripe(Gate gate) {
    VirtualTime time = world.time();
    StripeSide side =
        StripeOverWire.side(
            world.connections(),
            time,
            time::nanos,
            request -> world.exchange(this, Side.STRIPE, request));
    return new GatedSides.Stripe(side, gate);
  }

  private Pacer pacer(TenantDirectory directory, TenantId id, Side side) {
    Pacer pacer = pacers.get(side);
    if (pacer == null) {
      throw new IllegalStateException("each side has its pacer");
    }
    heldSincePaced.remove(Thread.currentThread());
    pacer.limitTo(
        directory.find(id).map(Tenant::limits).map(all -> all.get(side)).orElse(world.limit(side)));
    return pacer;
  }

  String name() {
    return name;
  }

  Connecting connecting() {
    return connecting;
  }

  LinkOperations operations() {
    return operations;
  }

  HubSpotSide hubspot() {
    return hubspot;
  }

  /** As many writes processes share the accounts. */
  void share(int among) {
    pacers.values().forEach(pacer -> pacer.share(among));
  }

  boolean isKilled() {
    return killed;
  }

  boolean isFrozen() {
    return frozenUntil != null && world.time().instant().isBefore(frozenUntil);
  }

  void freezeUntil(Instant until) {
    frozenUntil = until;
  }

  /** Ends the process at once: nothing it was doing goes on, and nobody gets an answer of it. */
  void kill() {
    killed = true;
    List<Request> broken = List.copyOf(serving);
    serving.clear();
    broken.forEach(request -> request.answer(null));
  }

  /** Holds the calling thread while the process is frozen, and ends it when it is dead. */
  void live() {
    if (outlastsFreeze()) {
      heldSincePaced.add(Thread.currentThread());
    }
  }

  /** Whether the process was frozen and goes on now. */
  private boolean outlastsFreeze() {
    boolean held = false;
    while (!killed && frozenUntil != null && world.time().instant().isBefore(frozenUntil)) {
      held = true;
      world.time().sleep(Duration.between(world.time().instant(), frozenUntil));
    }
    if (killed) {
      throw new ProcessKilled(name);
    }
    return held;
  }

  /** Whether the calling thread was held since it asked its pacer last. */
  boolean wasFrozenSincePaced() {
    return heldSincePaced.contains(Thread.currentThread());
  }

  /** One request being served; it is answered once, with null when the connection broke. */
  private static final class Request {
    private final Consumer<@Nullable Redelivery> caller;
    private boolean answered;

    private Request(Consumer<@Nullable Redelivery> caller) {
      this.caller = caller;
    }

    private void answer(@Nullable Redelivery result) {
      if (!answered) {
        answered = true;
        caller.accept(result);
      }
    }
  }

  void handle(Delivery delivery, Consumer<@Nullable Redelivery> caller) {
    serve(
        "notice",
        () -> {
          notices.handle(delivery);
          return Redelivery.DONE;
        },
        caller);
  }

  void carryOut(WriteTask task, Consumer<@Nullable Redelivery> caller) {
    serve(task.path(), () -> carryOut(task), caller);
  }

  void sweep(TenantId tenant) {
    serve("sweep", () -> sweep.sweep(tenant), result -> {});
  }

  private Redelivery carryOut(WriteTask task) {
    String path = task.path();
    List<String> parts = List.of(path.split("[/?]", -1));
    return switch (parts.get(2)) {
      case "stripe" -> {
        Lane lane = task.queue() == Queue.STRIPE_EXPRESS ? Lane.EXPRESS : Lane.BULK;
        yield stripeWrites.handle(
            new StripeTask(
                task.tenant(), new LinkId(parts.get(4)), Long.parseLong(parts.get(5)), lane));
      }
      case "hubspot" -> drain(task.tenant(), path);
      case "index" ->
          indexer.index(
              task.tenant(),
              Side.ofLabel(parts.get(4)),
              Integer.parseInt(parts.get(5)),
              Integer.parseInt(parts.get(6)));
      case "sweep" -> sweep.sweep(task.tenant());
      default -> throw new IllegalStateException("no endpoint is called " + path);
    };
  }

  private void serve(
      String what, Supplier<Redelivery> work, Consumer<@Nullable Redelivery> caller) {
    Request request = new Request(caller);
    serving.add(request);
    world
        .time()
        .start(
            name + " " + what,
            () -> {
              Redelivery result;
              try {
                live();
                result = work.get();
              } catch (RetryableFailure failure) {
                result = Redelivery.of(failure);
              } catch (RuntimeException failure) {
                if (!killed) {
                  world.unforeseen(name + " " + what, failure);
                }
                result = Redelivery.of(failure);
              }
              if (!killed) {
                serving.remove(request);
                request.answer(result);
              }
            });
  }

  /** Parks threads of the world; those of a frozen process find the time of its waking. */
  private record WorldParking(Program program, VirtualTime time) implements Parking {

    @Override
    public void park(long nanos) {
      time.park(Duration.ofNanos(nanos));
      program.outlastsFreeze();
    }

    @Override
    public void wake(Thread thread) {
      LockSupport.unpark(thread);
    }
  }

  private Redelivery drain(TenantId tenant, String path) {
    int name = path.indexOf("?successor=");
    if (name >= 0) {
      return drain.drainNext(tenant, path.substring(name + "?successor=".length()));
    }
    int row = path.indexOf("?row=");
    return row < 0
        ? drain.drain(tenant)
        : drain.drainRow(tenant, path.substring(row + "?row=".length()));
  }
}
