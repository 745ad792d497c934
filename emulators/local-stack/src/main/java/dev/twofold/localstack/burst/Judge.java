package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes figures of the evidence. Plain: it is given everything and asks nobody. */
final class Judge {
  private static final String TO_STRIPE = "HubSpot to Stripe";
  private static final String TO_HUBSPOT = "Stripe to HubSpot";

  /** A shorter one is mostly its beginning and its end, in which less than the limit is wanted. */
  private static final double BACKLOG_MIN_SECONDS = 10;

  private final Evidence evidence;
  private final Deeds deeds;
  private final BurstPlan plan;

  Judge(Evidence evidence, Deeds deeds, BurstPlan plan) {
    this.evidence = evidence;
    this.deeds = deeds;
    this.plan = plan;
  }

  BurstReport.Deliveries deliveries(Part side) {
    List<Evidence.Attempt> all = evidence.attempts(side);
    List<Evidence.Attempt> accepted = all.stream().filter(Evidence.Attempt::accepted).toList();
    Percentiles took = Percentiles.of(accepted.stream().map(Evidence.Attempt::millis).toList());
    return new BurstReport.Deliveries(
        name(side),
        accepted.size(),
        all.size() - accepted.size(),
        accepted.stream().mapToInt(Evidence.Attempt::notices).sum(),
        took.p50(),
        took.p95(),
        took.p99(),
        took.max());
  }

  /** From the simulator's counts after, less those before. */
  BurstReport.Calls calls(Part side, JsonNode before, JsonNode after, List<Meter.Look> looks) {
    Map<String, Long> endpoints = new HashMap<>();
    after
        .path("endpoints")
        .forEachEntry((endpoint, count) -> {
          long more = count.asLong() - before.path("endpoints").path(endpoint).asLong(0);
          if (more > 0) {
            endpoints.put(endpoint, more);
          }
        });
    int limit = after.path("limit").asInt();
    long total = after.path("calls").asLong() - before.path("calls").asLong();
    int changed = changed(side);
    Backlog backlog = backlog(side, limit, looks);
    return new BurstReport.Calls(
        name(side),
        limit,
        total,
        endpoints,
        changed,
        changed == 0 ? null : Math.round(1_000.0 * total / changed) / 1_000.0,
        backlog.seconds(),
        backlog.use(),
        after.path("highestPerSecond").asInt(),
        after.path("tooMany").asLong() - before.path("tooMany").asLong(0));
  }

  private int changed(Part side) {
    if (side == Part.STRIPE) {
      return (int) evidence.happenings().stream().filter(Evidence.Happening::isOurs).count();
    }
    Set<String> changed = new HashSet<>();
    for (Evidence.Write set : evidence.sets()) {
      if (set.source().equals("INTEGRATION")) {
        changed.add(set.contact() + "@" + set.at());
      }
    }
    return changed.size() + evidence.events().size();
  }

  private record Backlog(double seconds, @Nullable Double use) {}

  /** Counts the calls of the times in which half a second's work or more was waiting. */
  private Backlog backlog(Part side, int limit, List<Meter.Look> looks) {
    List<Long> at = evidence.calls(side).reversed();
    double millis = 0;
    long calls = 0;
    int next = 0;
    for (int look = 1; look < looks.size(); look++) {
      Meter.Look from = looks.get(look - 1);
      Meter.Look to = looks.get(look);
      boolean waits = Math.min(from.tasks(side), to.tasks(side)) * 2 >= limit;
      while (next < at.size() && at.get(next) < from.at()) {
        next++;
      }
      long here = 0;
      while (next < at.size() && at.get(next) < to.at()) {
        next++;
        here++;
      }
      if (waits) {
        millis += to.at() - from.at();
        calls += here;
      }
    }
    double seconds = millis / 1_000;
    boolean tells = seconds >= BACKLOG_MIN_SECONDS;
    return new Backlog(
        seconds, tells ? Math.round(1_000.0 * calls / seconds / limit) / 1_000.0 : null);
  }

  /** When the first imported contact was told of and when the last customer of one was there. */
  Optional<Double> importSeconds() {
    Map<String, Long> made = customersMade();
    Optional<Long> first = Optional.empty();
    Optional<Long> last = Optional.empty();
    for (String contact : born("IMPORT")) {
      Optional<Long> sent = evidence.firstSentOf(contact);
      Optional<Long> seen = Optional.ofNullable(made.get(contact));
      first = least(first, sent, 1);
      last = least(last, seen, -1);
    }
    Optional<Long> begin = first;
    return last.flatMap(end -> begin.map(start -> (end - start) / 1_000.0));
  }

  private static Optional<Long> least(Optional<Long> known, Optional<Long> other, int sign) {
    if (known.isEmpty() || other.isEmpty()) {
      return known.or(() -> other);
    }
    return sign * Long.compare(known.get(), other.get()) <= 0 ? known : other;
  }

  /** One row for each kind of change that the scenario has. */
  List<BurstReport.Latency> latencies(int stripeLimit) {
    List<BurstReport.Latency> rows = new ArrayList<>();
    double importBound =
        Math.max(
            0,
            1_000.0 * plan.size().contacts() / stripeLimit - plan.size().importOver().toMillis());
    add(rows, "imported contacts", TO_STRIPE, "bulk", born("IMPORT", importBound));
    add(rows, "form submissions", TO_STRIPE, "express", born("FORM", 0));
    double outage = plan.scenario() == Scenario.OUTAGE ? outageMillis() : 0;
    add(rows, "customers entered", TO_HUBSPOT, "express", new Timed(customers(), outage));
    add(rows, "purchases", TO_HUBSPOT, "express", new Timed(purchases(), outage));
    add(rows, "edits in HubSpot", TO_STRIPE, "express", new Timed(hubSpotEdits(), 0));
    add(rows, "edits in Stripe", TO_HUBSPOT, "express", new Timed(stripeEdits(), 0));
    return rows;
  }

  private double outageMillis() {
    return plan.size().traffic().toMillis() / (double) plan.compression();
  }

  private record Timed(List<Double> millis, double bound) {}

  private static void add(
      List<BurstReport.Latency> rows, String change, String direction, String lane, Timed timed) {
    if (!timed.millis().isEmpty()) {
      Percentiles all = Percentiles.of(timed.millis());
      rows.add(
          new BurstReport.Latency(
              change,
              direction,
              lane,
              all.count(),
              all.p50(),
              all.p95(),
              all.p99(),
              all.max(),
              timed.bound()));
    }
  }

  private Timed born(String source, double bound) {
    Map<String, Long> made = customersMade();
    List<Double> millis = new ArrayList<>();
    for (String contact : born(source)) {
      took(evidence.firstSentOf(contact), Optional.ofNullable(made.get(contact)))
          .ifPresent(millis::add);
    }
    return new Timed(millis, bound);
  }

  /** Contacts that got their address from that source since the clock started. */
  private Set<String> born(String source) {
    return evidence.sets().stream()
        .filter(set -> set.property().equals("email") && set.source().equals(source))
        .map(Evidence.Write::contact)
        .collect(Collectors.toSet());
  }

  /** By the contact they are marked with. */
  private Map<String, Long> customersMade() {
    return evidence.happenings().stream()
        .filter(each -> each.type().equals("customer.created") && !each.mark().isEmpty())
        .collect(
            Collectors.toMap(
                Evidence.Happening::mark, Evidence.Happening::at, (one, other) -> one));
  }

  private static Optional<Double> took(Optional<Long> sent, Optional<Long> seen) {
    return seen.flatMap(end -> sent.map(begin -> (double) (end - begin)));
  }

  private List<Double> customers() {
    Map<String, Long> marked = firstAt("stripe_customer_id", Evidence.Write::value);
    Map<String, String> created = new HashMap<>();
    for (Evidence.Happening each : evidence.happenings()) {
      if (each.type().equals("customer.created")) {
        created.put(each.object(), each.id());
      }
    }
    List<Double> millis = new ArrayList<>();
    for (String customer : deeds.customers()) {
      Optional<Long> sent = Optional.ofNullable(created.get(customer)).flatMap(evidence::sentAt);
      took(sent, Optional.ofNullable(marked.get(customer))).ifPresent(millis::add);
    }
    return millis;
  }

  private Map<String, Long> firstAt(String property, Function<Evidence.Write, String> key) {
    return evidence.sets().stream()
        .filter(set -> set.property().equals(property))
        .collect(Collectors.toMap(key, Evidence.Write::at, Math::min));
  }

  private List<Double> purchases() {
    Map<String, Long> arrived = new HashMap<>();
    evidence.events().forEach(event -> arrived.merge(event.uuid(), event.at(), Math::min));
    Map<String, Long> sent = new HashMap<>();
    for (Evidence.Happening each : evidence.happenings()) {
      if (each.type().equals("payment_intent.succeeded")) {
        evidence.sentAt(each.id()).ifPresent(at -> sent.merge(each.object(), at, Math::min));
      }
    }
    List<Double> millis = new ArrayList<>();
    for (String purchase : deeds.purchases()) {
      took(Optional.ofNullable(sent.get(purchase)), Optional.ofNullable(arrived.get(purchase)))
          .ifPresent(millis::add);
    }
    return millis;
  }

  private List<Double> hubSpotEdits() {
    Map<String, Evidence.Write> made = new HashMap<>();
    evidence.sets().stream()
        .filter(set -> set.property().equals("lastname"))
        .forEach(set -> made.put(set.contact() + " " + set.value(), set));
    Map<String, Long> seen = new HashMap<>();
    evidence.happenings().stream()
        .filter(Evidence.Happening::isOurs)
        .forEach(each -> seen.merge(lastWord(each.name()), each.at(), Math::min));
    List<Double> millis = new ArrayList<>();
    for (Deeds.Edit edit : deeds.hubSpotEdits()) {
      Optional<Long> sent =
          Optional.ofNullable(made.get(edit.record() + " " + edit.value()))
              .flatMap(set -> evidence.sentAt(set.contact() + " lastname " + set.at()));
      took(sent, Optional.ofNullable(seen.get(edit.value()))).ifPresent(millis::add);
    }
    return millis;
  }

  private List<Double> stripeEdits() {
    Map<String, Long> sent = new HashMap<>();
    for (Evidence.Happening each : evidence.happenings()) {
      if (!each.isOurs() && each.type().equals("customer.updated")) {
        evidence
            .sentAt(each.id())
            .ifPresent(at -> sent.merge(lastWord(each.name()), at, Math::min));
      }
    }
    Map<String, Long> seen = firstAt("lastname", Evidence.Write::value);
    List<Double> millis = new ArrayList<>();
    for (Deeds.Edit edit : deeds.stripeEdits()) {
      took(Optional.ofNullable(sent.get(edit.value())), Optional.ofNullable(seen.get(edit.value())))
          .ifPresent(millis::add);
    }
    return millis;
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  private static String name(Part side) {
    return side == Part.HUBSPOT ? "HubSpot" : "Stripe";
  }

  /** What was promised for the scenario. */
  List<BurstReport.Target> targets(
      List<BurstReport.Calls> calls, List<BurstReport.Latency> latencies, long rowsMost) {
    return new Targets(plan, importSeconds(), calls, latencies).all(rowsMost);
  }
}
