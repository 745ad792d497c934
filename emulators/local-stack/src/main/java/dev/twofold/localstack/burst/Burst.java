package dev.twofold.localstack.burst;

import dev.twofold.localstack.demo.Quiet;
import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.QueueDepth;
import dev.twofold.localstack.stack.StackProblem;
import dev.twofold.localstack.stack.StackSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plays one scenario on a fresh stack: connects the accounts, warms up, lets the clock run until
 * everything has arrived and nothing moves, and makes a report. Time is real; only an outage's
 * clock is compressed.
 */
public final class Burst {
  /** People on both sides from the start, who are edited and who buy. */
  private static final int POOL = 60;

  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final double WARM_UP_SECONDS = 5;
  private static final List<Part> SIDES = List.of(Part.HUBSPOT, Part.STRIPE);

  private final BurstPlan plan;
  private final LocalStack stack;
  private final Progress progress;
  private final Sides sides;
  private final Quiet quiet;
  private final QueueDepth queues;
  private final String documents;
  private final Deeds deeds = new Deeds();
  private final List<String> contacts = new ArrayList<>();
  private final List<String> customers = new ArrayList<>();

  /** On a stack that has just been started and holds nothing. */
  public Burst(BurstPlan plan, LocalStack stack, StackSettings settings, Progress progress) {
    this.plan = plan;
    this.stack = stack;
    this.progress = progress;
    this.sides = new Sides(stack.http(), stack.addresses());
    this.quiet = new Quiet(stack.http(), stack.addresses(), settings);
    this.queues = new QueueDepth(stack.http(), stack.addresses(), settings);
    this.documents =
        "%s/v1/projects/%s/databases/(default)/documents/tenants/%s"
            .formatted(
                stack.addresses().url(Part.FIRESTORE), settings.project(), StackSettings.TENANT);
  }

  /** Plays it once. */
  public BurstReport play() throws InterruptedException {
    if (plan.scenario() == Scenario.BACKFILL) {
      fillStripe();
    } else {
      prepare();
    }
    Map<Part, JsonNode> before = stats();
    ProcessMeter processes = new ProcessMeter(stack);
    Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    boolean silent;
    boolean countsRows = plan.scenario() == Scenario.BACKFILL;
    try (Meter meter = new Meter(queues, stack.http(), documents, countsRows);
        Traffic traffic = new Traffic()) {
      start(traffic);
      awaitEffects(traffic, before, meter);
      progress.stage("until nothing moves", 1);
      silent = quiet.await(SILENCE, plan.size().patience());
      List<BurstReport.ProcessUse> used = processes.uses();
      return report(new Played(startedAt, before, stats(), used, silent), meter);
    }
  }

  private record Played(
      Instant startedAt,
      Map<Part, JsonNode> before,
      Map<Part, JsonNode> after,
      List<BurstReport.ProcessUse> used,
      boolean silent) {}

  private BurstReport report(Played played, Meter meter) throws InterruptedException {
    progress.stage("reading the records", 1);
    Evidence evidence = Evidence.since(played.startedAt().toEpochMilli(), sides);
    Judge judge = new Judge(evidence, deeds, plan);
    List<BurstReport.Calls> calls =
        SIDES.stream()
            .map(side ->
                judge.calls(
                    side, of(played.before(), side), of(played.after(), side), meter.looks()))
            .toList();
    List<BurstReport.Latency> latencies = judge.latencies(calls.getLast().limit());
    long lastCall =
        SIDES.stream()
            .flatMap(side -> evidence.calls(side).stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(played.startedAt().toEpochMilli());
    return new BurstReport(
        plan.scenario().label() + (plan.oneByOne() ? ", one notice in a request" : ""),
        played.startedAt().toString(),
        (lastCall - played.startedAt().toEpochMilli()) / 1_000.0,
        size(),
        ProcessMeter.machine(),
        SIDES.stream().map(judge::deliveries).toList(),
        calls,
        latencies,
        Ledger.check(sides, deeds, played.silent()),
        played.used(),
        judge.targets(calls, latencies, meter.rowsMost()));
  }

  private Map<String, Object> size() {
    BurstSize size = plan.size();
    Map<String, Object> played = new LinkedHashMap<>();
    if (plan.scenario().imports()) {
      played.put("contacts", size.contacts());
      played.put("importSeconds", size.importOver().toSeconds());
    }
    if (plan.scenario() == Scenario.FORMS) {
      played.put("forms", size.forms());
    }
    if (plan.scenario().sells()) {
      played.put("customers", deeds.customers().size());
      played.put("purchases", deeds.purchases().size());
    }
    if (plan.scenario().edits()) {
      played.put("edits", deeds.hubSpotEdits().size() + deeds.stripeEdits().size());
    }
    if (plan.scenario() == Scenario.BACKFILL) {
      played.put("backfill", size.backfill());
    }
    if (plan.scenario() == Scenario.OUTAGE) {
      played.put("compression", plan.compression());
    }
    return played;
  }

  private static JsonNode of(Map<Part, JsonNode> stats, Part side) {
    JsonNode found = stats.get(side);
    if (found == null) {
      throw new IllegalStateException("no counts of " + side);
    }
    return found;
  }

  private Map<Part, JsonNode> stats() throws InterruptedException {
    Map<Part, JsonNode> stats = new LinkedHashMap<>();
    for (Part side : SIDES) {
      stats.put(side, sides.get(side, "stats"));
    }
    return stats;
  }

  // --- before the clock starts ------------------------------------------------------------------

  /** People that both sides have, joined by the listing; then some contacts as a warm-up. */
  private void prepare() throws InterruptedException {
    progress.stage("connecting", POOL);
    for (int person = 0; person < POOL; person++) {
      String email = "pool-%d@example.com".formatted(person);
      contacts.add(
          sides.createContact(
              Map.of("email", email, "firstname", "Pat", "lastname", "Pool" + person), true));
      customers.add(
          sides.createCustomer(Map.of("email", email, "name", "Pat Pool" + person), true));
      progress.at(person, "");
    }
    connect();
    awaitLive();
    int warmUp = plan.size().warmUp();
    if (warmUp > 0) {
      progress.stage("warming up", warmUp);
      sides.bring(Part.HUBSPOT, "warm", warmUp, WARM_UP_SECONDS, "IMPORT");
      awaitRecords(Part.STRIPE, POOL + warmUp);
    }
    if (!quiet.await(SILENCE, CONNECTED_WITHIN)) {
      throw new StackProblem("The stack does not fall silent after connecting and warming up");
    }
    if (plan.oneByOne()) {
      sides.send(Part.HUBSPOT, "PUT", "webhooks", Sides.object().put("maxPerDelivery", 1));
    }
  }

  private void fillStripe() throws InterruptedException {
    int count = plan.size().backfill();
    progress.stage("filling Stripe", count);
    sides.bring(Part.STRIPE, "old", count, 0, "");
    awaitRecords(Part.STRIPE, count);
  }

  private void connect() throws InterruptedException {
    String url =
        "%s/tenants/%s/connect?mode=create-missing"
            .formatted(stack.addresses().of(Part.SYNC), StackSettings.TENANT);
    stack.http().send("POST", url, "").json("POST " + url);
  }

  private void awaitLive() throws InterruptedException {
    String url = "%s/tenants/%s".formatted(stack.addresses().of(Part.SYNC), StackSettings.TENANT);
    long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
    while (!stack.http().get(url).json("GET " + url).path("state").asString("").equals("live")) {
      if (System.nanoTime() - deadline > 0) {
        throw new StackProblem("The tenant does not become live; see " + url);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private void awaitRecords(Part side, int count) throws InterruptedException {
    long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
    int records = sides.get(side, "stats").path("records").asInt();
    while (records < count) {
      if (System.nanoTime() - deadline > 0) {
        throw new StackProblem(
            "%s has %d of %d records and gets no more".formatted(side.title(), records, count));
      }
      progress.at(records, "");
      Thread.sleep(BETWEEN_LOOKS);
      records = sides.get(side, "stats").path("records").asInt();
    }
  }

  // --- while the clock runs ---------------------------------------------------------------------

  private void start(Traffic traffic) throws InterruptedException {
    Scenario scenario = plan.scenario();
    BurstSize size = plan.size();
    double seconds = size.importOver().toMillis() / 1_000.0;
    if (scenario.imports()) {
      sides.bring(Part.HUBSPOT, "import", size.contacts(), seconds, "IMPORT");
    }
    if (scenario == Scenario.FORMS) {
      sides.bring(Part.HUBSPOT, "form", size.forms(), seconds, "FORM");
    }
    if (scenario == Scenario.BACKFILL) {
      connect();
    }
    if (scenario == Scenario.OUTAGE) {
      double outage = (double) size.traffic().toMillis() / plan.compression() / 1_000;
      sides.send(
          Part.HUBSPOT,
          "POST",
          "faults",
          Sides.object().put("kind", "outage").put("seconds", outage));
    }
    if (scenario.sells()) {
      sell(traffic);
    }
    if (scenario.edits()) {
      int edits = Math.max(1, (int) size.traffic().toSeconds());
      traffic.stream(edits, size.traffic(), this::editInHubSpot);
      traffic.stream(edits, size.traffic(), this::editInStripe);
    }
  }

  private void sell(Traffic traffic) {
    Duration over =
        plan.scenario() == Scenario.OUTAGE
            ? plan.size().traffic().dividedBy(plan.compression())
            : plan.size().traffic();
    double minutes = plan.size().traffic().toMillis() / 60_000.0;
    traffic.stream(count(plan.size().customersPerMinute(), minutes), over, this::enterCustomer);
    traffic.stream(count(plan.size().purchasesPerMinute(), minutes), over, this::buy);
  }

  private static int count(int perMinute, double minutes) {
    return Math.max(1, (int) Math.round(perMinute * minutes));
  }

  private void enterCustomer(int number) throws InterruptedException {
    deeds.created(
        sides.createCustomer(
            Map.of("email", "peak-%d@example.com".formatted(number), "name", "Peak No" + number),
            false));
  }

  /** By turns somebody who has been there long and somebody new. */
  private void buy(int number) throws InterruptedException {
    List<String> fresh = deeds.customers();
    boolean old = number % 2 == 0 || fresh.isEmpty();
    String buyer = old ? customers.get(number % POOL) : fresh.get(number % fresh.size());
    deeds.bought(sides.buy(buyer, 100 + number));
  }

  /** One half of the pool is edited in HubSpot, the other in Stripe: nobody's edits clash. */
  private void editInHubSpot(int number) throws InterruptedException {
    String contact = contacts.get(2 * number % POOL);
    String value = "Edith" + number;
    deeds.editedInHubSpot(contact, value);
    sides.changeContact(contact, Map.of("lastname", value));
  }

  private void editInStripe(int number) throws InterruptedException {
    String customer = customers.get((2 * number + 1) % POOL);
    String value = "Edits" + number;
    deeds.editedInStripe(customer, value);
    sides.changeCustomer(customer, Map.of("name", "Pat " + value));
  }

  /** Until both sides hold as many records as they should, or patience ends. */
  private void awaitEffects(Traffic traffic, Map<Part, JsonNode> before, Meter meter)
      throws InterruptedException {
    BurstSize size = plan.size();
    int toStripe = plan.scenario().imports() ? size.contacts() : 0;
    toStripe += plan.scenario() == Scenario.FORMS ? size.forms() : 0;
    int toHubSpot = plan.scenario() == Scenario.BACKFILL ? size.backfill() : 0;
    long all = toStripe + toHubSpot + traffic.planned();
    progress.stage(plan.scenario().label(), all);
    long deadline = 0;
    while (true) {
      long made = Math.min(toStripe, more(Part.STRIPE, before));
      made += Math.min(toHubSpot, more(Part.HUBSPOT, before));
      String waiting =
          meter
              .newest()
              .map(look -> "tasks: %d, %d".formatted(look.hubSpotTasks(), look.stripeTasks()))
              .orElse("");
      progress.at(made + traffic.done(), waiting);
      if (!traffic.isOver()) {
        deadline = 0;
      } else if (made >= toStripe + toHubSpot) {
        traffic.await();
        return;
      } else if (deadline == 0) {
        deadline = System.nanoTime() + patience().toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** A backfill has no last deed to count from: all of it is there from the start. */
  private Duration patience() {
    Duration usual = plan.size().patience();
    return plan.scenario() == Scenario.BACKFILL ? usual.multipliedBy(3) : usual;
  }

  private long more(Part side, Map<Part, JsonNode> before) throws InterruptedException {
    return sides.get(side, "stats").path("records").asLong()
        - of(before, side).path("records").asLong();
  }
}
