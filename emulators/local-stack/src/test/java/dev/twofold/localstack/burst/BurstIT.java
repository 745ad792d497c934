package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.Ports;
import dev.twofold.localstack.stack.StackListener;
import dev.twofold.localstack.stack.StackPlan;
import dev.twofold.localstack.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small ones, on the whole stack: that what is measured is there, and that nothing is lost. */
class BurstIT {
  private static final BurstSize SMALL =
      new BurstSize(
          200,
          Duration.ofSeconds(5),
          10,
          Duration.ofSeconds(10),
          60,
          90,
          150,
          20,
          Duration.ofMinutes(2));

  @Test
  void playsAMixedBurstAndLosesNothing() throws Exception {
    BurstReport report = play(Scenario.MIXED);

    System.out.println(report.table());
    assertThat(report.outcome().findings()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(report.outcome().silent()).isTrue();
    // The pool and the warm-up are looked at too.
    assertThat(report.outcome().expected()).isGreaterThanOrEqualTo(200 + 10 + 15 + 60 + 20);
    assertThat(report.latencies())
        .extracting(BurstReport.Latency::change, BurstReport.Latency::seen)
        .contains(
            tuple("imported contacts", 200),
            tuple("customers entered", 10),
            tuple("purchases", 15),
            tuple("edits in HubSpot", 10),
            tuple("edits in Stripe", 10));
    assertThat(report.deliveries()).allMatch(each -> each.accepted() > 0 && each.p50() > 0);
    assertThat(report.calls()).allMatch(each -> each.total() > 0 && each.highestPerSecond() > 0);
    assertThat(report.processes()).hasSize(5).allMatch(each -> each.cpuSeconds() > 0);
  }

  @Test
  void fillsHubSpotFromStripeInBatches() throws Exception {
    BurstReport report = play(Scenario.BACKFILL);

    System.out.println(report.table());
    assertThat(report.outcome().findings()).isEmpty();
    assertThat(report.outcome().expected()).isEqualTo(150);
    assertThat(report.calls().getFirst().perEndpoint())
        .containsEntry("POST /crm/v3/objects/contacts/batch/create", 2L);
  }

  @Test
  void countsWhatOneIngestAccepts() throws Exception {
    Map<String, String> nobodyPushes = Map.of("TWOFOLD_PUSH", "nobody");
    StackPlan plan = plan("intake", nobodyPushes).only(Part.PUBSUB, Part.INGEST);
    try (LocalStack stack = LocalStack.start(plan, StackListener.silent())) {
      IntakeReport report =
          new IntakeBenchmark(stack, StackSettings.from(nobodyPushes), Progress.none())
              .measure(List.of(1, 8), Duration.ofSeconds(1));

      System.out.println(report.table());
      assertThat(report.isGood()).isTrue();
      assertThat(report.levels()).allMatch(level -> level.accepted() > 0 && level.p50() > 0);
      assertThat(report.levels().getLast().connections()).isEqualTo(8);
    }
  }

  private static BurstReport play(Scenario scenario) throws InterruptedException {
    try (LocalStack stack =
        LocalStack.start(plan(scenario.label(), Map.of()), StackListener.silent())) {
      BurstPlan plan = BurstPlan.of(scenario, SMALL);
      return new Burst(plan, stack, StackSettings.from(Map.of()), Progress.none()).play();
    }
  }

  private static StackPlan plan(String name, Map<String, String> environment) {
    Path root = Path.of(System.getProperty("twofold.root"));
    return StackPlan.whole(root, Ports.free(), environment)
        .in(root.resolve("emulators/local-stack/target/stacks").resolve("burst-" + name));
  }
}
