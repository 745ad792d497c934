package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.stripe.engine.StripeEngine;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.webhook.DeliveryAnswer;
import dev.twofold.simulators.webhook.WebhookSchedule;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is: both providers, the topic, the queues, the store, and the processes between
 * them. One seed decides everything that is left to chance.
 */
final class World {

  static final TenantId TENANT = new TenantId("main");
  private static final Instant START = Instant.parse("2026-11-21T09:00:00.250Z");
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final int CALM_SWEEPS = 4;
  private static final long STEPS_MAX = 60_000;

  /**
   * What is left to chance, how far the providers' clocks are off, and what the tenant has set.
   *
   * @param grouped whether HubSpot puts several notices into one delivery
   * @param mergesIntoNew whether two contacts that are merged become a third
   * @param limits calls in any second that the accounts allow
   */
  record Settings(
      long seed,
      boolean shuffled,
      Duration hubspotSkew,
      Duration stripeSkew,
      boolean grouped,
      boolean mergesIntoNew,
      Mappings mappings,
      Map<Side, Integer> limits) {
    static final Settings PLAIN =
        new Settings(
            1,
            false,
            Duration.ZERO,
            Duration.ZERO,
            true,
            false,
            Mappings.defaults(),
            Map.of(Side.HUBSPOT, 15, Side.STRIPE, 100));

    int limit(Side side) {
      return Objects.requireNonNull(limits.get(side), "each side has its limit");
    }
  }

  private final VirtualTime time;
  private final RandomGenerator random;
  private final RandomGenerator ids;
  private final Settings settings;
  private final HubSpotEngine hubspot;
  private final StripeEngine stripe;
  private final InMemoryLinkStore links = new InMemoryLinkStore();
  private final InMemoryTenantStore tenants = new InMemoryTenantStore();
  private final WorldConnections connections = new WorldConnections();
  private final TaskQueues queues = new TaskQueues(this);
  private final Topic topic = new Topic(this);
  private final Programs processes = new Programs(this);
  private final List<String> unforeseen = new ArrayList<>();
  private Trouble trouble = Trouble.NONE;
  private Chance chance = Chance.NONE;
  private Instant nextSweep;
  private final Tally tally = new Tally();
  private final CallWatch watch;
  private long activity;
  private long messages;

  World() {
    this(Settings.PLAIN);
  }

  World(Settings settings) {
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.ids = new Random(settings.seed() + 1);
    this.time = new VirtualTime(START, settings.shuffled() ? random : null);
    this.nextSweep = START.plus(SWEEP);
    this.watch = new CallWatch(this);
    WorldLogs.readBy(this::logged);
    HubSpotSettings contacts =
        HubSpotSettings.local("https://sync.example.com/hubspot")
            .subscribedTo(ExtraFields.SUBSCRIPTIONS)
            .mergingIntoNew(settings.mergesIntoNew());
    StripeSettings customers = StripeSettings.local("https://sync.example.com/stripe");
    this.hubspot =
        new HubSpotEngine(
            settings.grouped()
                ? contacts
                : contacts.withWebhooks(contacts.webhooks().grouped(1, Duration.ZERO)),
            () -> time.instant().plus(settings.hubspotSkew()),
            new Random(settings.seed() + 2));
    this.stripe =
        new StripeEngine(
            customers,
            () -> time.instant().plus(settings.stripeSkew()),
            new Random(settings.seed() + 3));
    tenants.update(TENANT, tenant -> limited(tenant, settings.limits()));
    if (!settings.mappings().equals(Mappings.defaults())) {
      use(settings.mappings());
    }
    ExtraFields.defineIn(hubspot);
    Program first = startProgram();
    runInside(() -> first.hubspot().setUp(TENANT));
    // What was set up before the test began counts for no limit and no check.
    runFor(Duration.ofSeconds(2));
    hubspot.calls().clear();
    watch.begin();
  }

  private static Tenant limited(Tenant tenant, Map<Side, Integer> limits) {
    return new Tenant(
        tenant.id(),
        tenant.state(),
        tenant.reason(),
        tenant.brokenSide(),
        tenant.mode(),
        limits,
        tenant.mappingVersion(),
        tenant.run(),
        tenant.indexing(),
        tenant.connectedAt());
  }

  /** The tenant's mappings are these from now on; their version must be a new one. */
  void use(Mappings changed) {
    watch.noteMappings();
    if (!tenants.store(TENANT, changed)) {
      throw new IllegalStateException("version " + changed.version() + " is stored already");
    }
    tenants.update(TENANT, tenant -> mapped(tenant, changed.version()));
  }

  private static Tenant mapped(Tenant tenant, int version) {
    return new Tenant(
        tenant.id(),
        tenant.state(),
        tenant.reason(),
        tenant.brokenSide(),
        tenant.mode(),
        tenant.limits(),
        version,
        tenant.run(),
        tenant.indexing(),
        tenant.connectedAt());
  }

  /** Whether the mappings have changed since the world began. */
  boolean isRemapped() {
    return mappings().version() != settings.mappings().version();
  }

  /** The mappings in force. */
  Mappings mappings() {
    int version = tenants.load(TENANT).map(Tenant::mappingVersion).orElse(1);
    return tenants.mappings(TENANT, version);
  }

  private void logged(String line) {
    tally.count("log lines");
    String found = PersonalData.in(line);
    if (found != null) {
      unforeseen.add("personal data in a log line: '%s' in %s".formatted(found, line));
    }
  }

  /** A world whose tenant is connected already and holds nothing. */
  static World live() {
    return new World().goLive();
  }

  World goLive() {
    tenants.update(TENANT, tenant -> tenant.in(TenantState.LIVE, null, null));
    return this;
  }

  int limit(Side side) {
    return settings.limit(side);
  }

  Settings settings() {
    return settings;
  }

  /** What happened how often. */
  Tally tally() {
    return tally;
  }

  CallWatch watch() {
    return watch;
  }

  /** A fault of that kind has struck. */
  void struck(String kind) {
    tally.count("fault " + kind);
  }

  VirtualTime time() {
    return time;
  }

  RandomGenerator random() {
    return random;
  }

  RandomGenerator ids() {
    return ids;
  }

  HubSpotEngine hubspot() {
    return hubspot;
  }

  StripeEngine stripe() {
    return stripe;
  }

  InMemoryLinkStore links() {
    return links;
  }

  InMemoryTenantStore tenants() {
    return tenants;
  }

  WorldConnections connections() {
    return connections;
  }

  TaskQueues queues() {
    return queues;
  }

  Topic topic() {
    return topic;
  }

  Trouble trouble() {
    return trouble;
  }

  World with(Trouble made) {
    Trouble before = trouble;
    trouble =
        passage -> {
          before.at(passage);
          made.at(passage);
        };
    return this;
  }

  World with(Chance made) {
    chance = made;
    return this;
  }

  /** From now on nothing goes wrong any more. */
  void calmDown() {
    trouble = Trouble.NONE;
    chance = Chance.NONE;
    hubspot.faults().clear();
    stripe.faults().clear();
  }

  /** How long one way to a store or a queue takes. */
  Duration latency() {
    return chance.latency();
  }

  boolean losesAnswer(Program program, WriteTask task) {
    return struckIf(chance.losesTaskAnswer(program, task), "answer to a task lost");
  }

  boolean losesPushAnswer() {
    return struckIf(chance.losesPushAnswer(), "answer to a push lost");
  }

  boolean losesRace() {
    return struckIf(chance.losesRace(), "commit lost to another");
  }

  boolean runsTwice() {
    return struckIf(chance.runsTwice(), "task run twice");
  }

  private boolean struckIf(boolean strikes, String kind) {
    if (strikes) {
      struck(kind);
    }
    return strikes;
  }

  /** What happened in a way that no code foresaw. */
  List<String> unforeseen() {
    return List.copyOf(unforeseen);
  }

  void unforeseen(String where, RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    unforeseen.add(where + ": " + failure + place);
  }

  /** The processes of the service. */
  Programs processes() {
    return processes;
  }

  Program startProgram() {
    return processes.start();
  }

  List<Program> programs() {
    return processes.all();
  }

  Program program() {
    return processes.first();
  }

  /** Notes that something goes on. */
  void active() {
    activity++;
  }

  /** One call to a provider, both ways, and what it loses. */
  ApiResponse exchange(Program program, Side side, ApiRequest request) {
    program.live();
    time.sleep(chance.wayOut());
    trouble.at(new Trouble.Passage(program, "call." + side.label(), Trouble.Moment.BEFORE));
    program.live();
    active();
    tally.count("calls to " + side.label());
    watch.before(side, request, program.wasFrozenSincePaced());
    ApiResponse answer = side == Side.HUBSPOT ? hubspot.handle(request) : stripe.handle(request);
    watch.after(side, request, answer);
    Duration back = chance.wayBack().plus(answer.delay());
    boolean late = answer.lost() || back.compareTo(ANSWER_TIMEOUT) > 0;
    time.sleep(late ? ANSWER_TIMEOUT : back);
    trouble.at(new Trouble.Passage(program, "call." + side.label(), Trouble.Moment.AFTER));
    program.live();
    return late && !answer.lost() ? answer.lostOnTheWay() : answer;
  }

  /** Does something that may wait, and runs the world until it is done. */
  void runInside(Runnable body) {
    boolean[] done = {false};
    time.start(
        "test",
        () -> {
          body.run();
          done[0] = true;
        });
    Instant end = time.instant().plus(Duration.ofHours(1));
    while (!done[0]) {
      if (!stepOnce(end, false)) {
        throw new AssertionError("the world came to rest before the test's own work was done");
      }
    }
  }

  void connect(ConnectMode mode) {
    runInside(() -> program().connecting().connect(TENANT, mode));
  }

  /** An operator who tries until it works. */
  void connectEventually(ConnectMode mode) {
    while (tenants.load(TENANT).map(tenant -> tenant.run() == 0).orElse(true)) {
      connectAgain(mode);
      runFor(Duration.ofSeconds(10));
    }
  }

  private void connectAgain(ConnectMode mode) {
    processes
        .any()
        .ifPresent(each ->
            time.start(
                "operator",
                () -> {
                  try {
                    each.connecting().connect(TENANT, mode);
                  } catch (RetryableFailure failure) {
                    time.at(time.instant().plusSeconds(5), () -> connectAgain(mode));
                  }
                }));
  }

  void pause() {
    runInside(() -> program().connecting().pause(TENANT));
  }

  void resume() {
    runInside(() -> program().connecting().resume(TENANT));
  }

  /** Lets that much time pass, with everything that happens in it. */
  void runFor(Duration length) {
    Instant end = time.instant().plus(length);
    long steps = 0;
    while (stepOnce(end, true)) {
      refuseForEver(steps++);
    }
    time.moveTo(end);
  }

  /**
   * Lets time pass until several sweeps in a row have found nothing to do and the providers have
   * nothing to tell any more, be it a notice they try again hours later.
   */
  void runUntilQuiet() {
    long steps = 0;
    int calm = 0;
    while (calm < CALM_SWEEPS) {
      long before = activity;
      sweepNow();
      while (stepOnce(nextSweep, false)) {
        refuseForEver(steps++);
      }
      boolean working =
          activity != before
              || topic.waiting() > 0
              || (!queues.isPaused() && !queues.tasks().isEmpty());
      calm = working ? 0 : calm + 1;
      calm = calm == CALM_SWEEPS && skipsToNextWebhook() ? 0 : calm;
    }
  }

  /** Where nothing but a webhook is to come, the sweeps until then would find nothing to do. */
  private boolean skipsToNextWebhook() {
    Instant webhook = nextWebhook();
    while (webhook != null && nextSweep.plus(SWEEP).isBefore(webhook)) {
      nextSweep = nextSweep.plus(SWEEP);
    }
    return webhook != null;
  }

  private void refuseForEver(long steps) {
    if (steps > STEPS_MAX) {
      throw new AssertionError(
          "expected rest after %d steps, it is %s; tasks %s"
              .formatted(steps, time.instant(), queues.tasks()));
    }
  }

  private void sweepNow() {
    time.moveTo(nextSweep);
    nextSweep = nextSweep.plus(SWEEP);
    for (Program program : processes.all()) {
      if (!program.isFrozen()) {
        program.sweep(TENANT);
      }
    }
  }

  /** The next thing that happens, up to that time; false where nothing does. */
  private boolean stepOnce(Instant end, boolean sweeping) {
    Instant webhook = nextWebhook();
    Instant planned = time.next();
    Instant next = earliest(planned, webhook);
    boolean sweepsFirst = next == null || next.isAfter(nextSweep);
    if (sweeping && sweepsFirst && !nextSweep.isAfter(end)) {
      sweepNow();
      return true;
    }
    if (next == null || next.isAfter(end)) {
      return false;
    }
    if (planned != null && !planned.isAfter(next)) {
      time.step();
    } else {
      time.moveTo(next);
      deliver(Side.HUBSPOT, hubspot.webhooks(), hubspot.now());
      deliver(Side.STRIPE, stripe.webhooks(), stripe.now());
    }
    return true;
  }

  private @Nullable Instant nextWebhook() {
    return earliest(
        due(hubspot.webhooks(), settings.hubspotSkew()),
        due(stripe.webhooks(), settings.stripeSkew()));
  }

  private @Nullable Instant due(WebhookSchedule webhooks, Duration skew) {
    return webhooks
        .nextDueAt()
        .map(at -> at.minus(skew))
        .map(at -> at.isBefore(time.instant()) ? time.instant() : at)
        .orElse(null);
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private Duration late(Duration delay) {
    struckIf(delay.compareTo(Duration.ofMinutes(1)) > 0, "push late by minutes or hours");
    return delay;
  }

  /** What ingest does: publishes the delivery, then answers. */
  private void deliver(Side from, WebhookSchedule webhooks, Instant providersNow) {
    for (dev.twofold.simulators.webhook.Delivery each : webhooks.due(providersNow)) {
      active();
      tally.count("webhooks");
      Chance.Intake intake = chance.intake();
      struckIf(intake == Chance.Intake.REFUSED, "webhook refused");
      struckIf(intake == Chance.Intake.DIED, "published, sender died");
      if (intake != Chance.Intake.REFUSED) {
        String body = new String(each.body(), StandardCharsets.UTF_8);
        Delivery delivery = new Delivery("m" + ++messages, from, TENANT, time.instant(), body);
        topic.publish(delivery, late(chance.pushDelay()));
        if (struckIf(chance.publishesTwice(), "published twice")) {
          topic.publish(delivery, chance.pushDelay());
        }
      }
      DeliveryAnswer answer =
          switch (intake) {
            case TAKEN -> new DeliveryAnswer.Status(204);
            case REFUSED -> new DeliveryAnswer.Status(503);
            case DIED -> new DeliveryAnswer.NoAnswer("broken");
          };
      webhooks.answered(each, answer, providersNow);
    }
  }
}
