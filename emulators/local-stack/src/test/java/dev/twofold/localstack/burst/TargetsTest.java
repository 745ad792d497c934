package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final String CREATES = "POST /crm/v3/objects/contacts/batch/create";

  @Test
  void wantsTheLimitKeptAndUsed() {
    assertThat(missed(Scenario.EDITS, stripe(100, 0, 0.95), edits(299))).isEmpty();
    assertThat(missed(Scenario.EDITS, stripe(101, 0, 0.95), edits(299)))
        .containsExactly("calls to Stripe in any second at most 100, none refused");
    assertThat(missed(Scenario.EDITS, stripe(100, 1, 0.95), edits(299))).hasSize(1);
    assertThat(missed(Scenario.EDITS, stripe(100, 0, 0.949), edits(299)))
        .containsExactly("at least 95 % of Stripe's limit used under backlog");
    assertThat(missed(Scenario.EDITS, stripe(100, 0, null), edits(299))).isEmpty();
  }

  @Test
  void wantsEditsSeenSoonAlsoBehindAnImport() {
    assertThat(missed(Scenario.EDITS, stripe(1, 0, null), edits(300))).hasSize(2);
    assertThat(missed(Scenario.MIXED, stripe(1, 0, null), edits(4_999))).isEmpty();
    assertThat(missed(Scenario.MIXED, stripe(1, 0, null), edits(5_000))).hasSize(2);
    assertThat(missed(Scenario.MIXED, stripe(1, 0, null), List.of())).hasSize(2);
  }

  @Test
  void wantsAnImportAsFastAsTheLimitLetsIt() {
    assertThat(missedImport(10_000, 107.0)).isEmpty();
    assertThat(missedImport(10_001, 107.0)).hasSize(1);
    assertThat(missedImport(10_000, 107.1)).hasSize(1);
    assertThat(missedImport(10_000, null)).hasSize(1);
  }

  @Test
  void wantsAllThereHalfAMinuteAfterAnOutageAndNoLimitUsedInIt() {
    assertThat(missed(Scenario.OUTAGE, stripe(1, 0, 0.1), waited(90_000))).isEmpty();
    assertThat(missed(Scenario.OUTAGE, stripe(1, 0, 0.1), waited(90_001))).hasSize(2);
    assertThat(missed(Scenario.OUTAGE, stripe(1, 0, 0.1), List.of())).hasSize(2);
  }

  @Test
  void wantsABackfillInFullBatchesWithFewRowsWaitingHoweverLongThisMachineTakes() {
    assertThat(missed(Scenario.BACKFILL, stripe(1, 0, 0.2), List.of())).isEmpty();
    assertThat(missedBackfill(1_010, 2_000)).isEmpty();
    assertThat(missedBackfill(1_011, 2_000)).hasSize(1);
    assertThat(missedBackfill(1_010, 2_001)).hasSize(1);
  }

  private static List<String> missed(
      Scenario scenario, BurstReport.Calls calls, List<BurstReport.Latency> latencies) {
    return missed(scenario, Optional.empty(), calls, latencies, 0);
  }

  private static List<String> missedImport(long calls, @Nullable Double seconds) {
    BurstReport.Calls each =
        new BurstReport.Calls("Stripe", 100, calls, Map.of(), 10_000, 1.0, 100, 0.96, 100, 0);
    return missed(Scenario.IMPORT, Optional.ofNullable(seconds), each, List.of(), 0);
  }

  private static List<String> missedBackfill(long creates, long rows) {
    BurstReport.Calls each =
        new BurstReport.Calls(
            "HubSpot", 15, creates, Map.of(CREATES, creates), 100_000, 0.01, 0, null, 15, 0);
    return missed(Scenario.BACKFILL, Optional.empty(), each, List.of(), rows);
  }

  private static List<String> missed(
      Scenario scenario,
      Optional<Double> importSeconds,
      BurstReport.Calls calls,
      List<BurstReport.Latency> latencies,
      long rows) {
    BurstPlan plan = BurstPlan.of(scenario, BurstSize.full());
    return new Targets(plan, importSeconds, List.of(calls), latencies)
        .all(rows).stream()
            .filter(target -> !target.met())
            .map(BurstReport.Target::promise)
            .toList();
  }

  private static BurstReport.Calls stripe(int highest, long refused, @Nullable Double use) {
    return new BurstReport.Calls("Stripe", 100, 10, Map.of(), 10, 1.0, 60, use, highest, refused);
  }

  private static List<BurstReport.Latency> edits(double millis) {
    return List.of(seen("edits in HubSpot", millis, 0), seen("edits in Stripe", millis, 0));
  }

  private static List<BurstReport.Latency> waited(double millis) {
    return List.of(seen("customers entered", millis, 60_000), seen("purchases", millis, 60_000));
  }

  private static BurstReport.Latency seen(String change, double millis, double bound) {
    return new BurstReport.Latency(
        change, "there", "express", 10, millis, millis, millis, millis, bound);
  }
}
