package dev.twofold.localstack.burst;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds what was seen against what was promised for the scenario, on a machine of two cores. */
final class Targets {
  private static final double USE_MIN = 0.95;
  private static final double CREATES_PER_ROW = 1.01 / 100;
  private static final int ROWS_MAX = 2_000;
  private static final int AFTER_OUTAGE_SECONDS = 30;

  private final BurstPlan plan;
  private final Optional<Double> importSeconds;
  private final List<BurstReport.Calls> calls;
  private final List<BurstReport.Latency> latencies;
  private final List<BurstReport.Target> targets = new ArrayList<>();

  /**
   * The targets of a plan.
   *
   * @param importSeconds from the first notice of an import to its last customer; empty where
   *     nothing was imported
   */
  Targets(
      BurstPlan plan,
      Optional<Double> importSeconds,
      List<BurstReport.Calls> calls,
      List<BurstReport.Latency> latencies) {
    this.plan = plan;
    this.importSeconds = importSeconds;
    this.calls = calls;
    this.latencies = latencies;
  }

  List<BurstReport.Target> all(long rowsMost) {
    calls.forEach(this::limits);
    switch (plan.scenario()) {
      case EDITS -> edits("median under 300 ms", 0.3);
      case IMPORT -> imports();
      case PEAK -> {
        within("customers entered", 3);
        within("purchases", 3);
      }
      case MIXED -> edits("p99 under 5 s", 5);
      case FORMS -> within("form submissions", 5);
      case OUTAGE -> {
        afterTheOutage("customers entered");
        afterTheOutage("purchases");
      }
      case BACKFILL -> backfill(rowsMost);
    }
    return targets;
  }

  private void limits(BurstReport.Calls each) {
    add(
        "calls to %s in any second at most %d, none refused".formatted(each.to(), each.limit()),
        "%d, %d refused".formatted(each.highestPerSecond(), each.tooMany()),
        each.highestPerSecond() <= each.limit() && each.tooMany() == 0);
    Double use = each.limitUse();
    // Nobody can use the limit of a provider that is down. And 1,500 contacts a second, HubSpot's
    // limit, are more than two cores make with everything on them: the wait of a backfill counts
    // in virtual time, in sync-service's BurstScenarioTest.
    if (use != null && !Set.of(Scenario.OUTAGE, Scenario.BACKFILL).contains(plan.scenario())) {
      add(
          "at least 95 %% of %s's limit used under backlog".formatted(each.to()),
          "%.1f %% in %.0f s".formatted(use * 100, each.backlogSeconds()),
          use >= USE_MIN);
    }
  }

  private void imports() {
    long toStripe =
        calls.stream()
            .filter(each -> each.to().equals("Stripe"))
            .mapToLong(BurstReport.Calls::total)
            .sum();
    double each = (double) toStripe / plan.size().contacts();
    add("1.00 Stripe calls for an imported contact", "%.3f".formatted(each), each <= 1);
    double bound = bound();
    if (!plan.oneByOne()) {
      add(
          "the last contact within 1.05 x %.1f s + 2 s of the first notice".formatted(bound),
          importSeconds.map(seconds -> "%.1f s".formatted(seconds)).orElse("never"),
          importSeconds.filter(seconds -> seconds <= 1.05 * bound + 2).isPresent());
    }
  }

  /** The most that the limit lets through, and no sooner than the last contact is entered. */
  private double bound() {
    int limit =
        calls.stream()
            .filter(each -> each.to().equals("Stripe"))
            .mapToInt(BurstReport.Calls::limit)
            .max()
            .orElse(1);
    return Math.max(
        (double) plan.size().contacts() / limit, plan.size().importOver().toMillis() / 1_000.0);
  }

  private void edits(String promise, double seconds) {
    boolean median = promise.startsWith("median");
    for (String change : List.of("edits in HubSpot", "edits in Stripe")) {
      BurstReport.Latency row = row(change).orElse(null);
      double millis = row == null ? Double.MAX_VALUE : median ? row.p50() : row.p99();
      add(
          change + ": " + promise,
          row == null ? "none seen" : "%.0f ms".formatted(millis),
          millis < seconds * 1_000);
    }
  }

  private void within(String change, double seconds) {
    Optional<BurstReport.Latency> row = row(change);
    add(
        "%s: p99 under %.0f s".formatted(change, seconds),
        row.map(seen -> "%.0f ms".formatted(seen.p99())).orElse("none seen"),
        row.filter(seen -> seen.p99() < seconds * 1_000).isPresent());
  }

  /** What was done first has waited for the whole outage. */
  private void afterTheOutage(String change) {
    Optional<BurstReport.Latency> row = row(change);
    double bound = row.map(BurstReport.Latency::bound).orElse(0.0);
    add(
        "%s: visible within %d s of HubSpot's return".formatted(change, AFTER_OUTAGE_SECONDS),
        row.map(seen -> "%.1f s".formatted((seen.max() - bound) / 1_000)).orElse("none seen"),
        row.filter(seen -> seen.max() - bound <= AFTER_OUTAGE_SECONDS * 1_000).isPresent());
  }

  private Optional<BurstReport.Latency> row(String change) {
    return latencies.stream().filter(each -> each.change().equals(change)).findFirst();
  }

  private void backfill(long rowsMost) {
    long creates =
        calls.stream()
            .filter(each -> each.to().equals("HubSpot"))
            .flatMap(each -> each.perEndpoint().entrySet().stream())
            .filter(endpoint -> endpoint.getKey().contains("batch/create"))
            .mapToLong(endpoint -> endpoint.getValue())
            .sum();
    long most = (long) Math.ceil(plan.size().backfill() * CREATES_PER_ROW);
    add("at most %d HubSpot create calls".formatted(most), Long.toString(creates), creates <= most);
    add(
        "at most %d rows in the outbox at a time".formatted(ROWS_MAX),
        Long.toString(rowsMost),
        rowsMost <= ROWS_MAX);
  }

  private void add(String promise, String seen, boolean met) {
    targets.add(new BurstReport.Target(promise, seen, met));
  }
}
