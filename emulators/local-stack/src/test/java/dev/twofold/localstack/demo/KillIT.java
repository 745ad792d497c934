package dev.twofold.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The demo's flows while a service is killed with SIGKILL in the middle of each act: nothing is
 * lost, nothing doubled, and in the end no call is made any more.
 */
class KillIT {
  private static final Demo.Pace PATIENT =
      new Demo.Pace(Duration.ofMinutes(3), Duration.ofSeconds(10));
  private static final int ACTS = 4;

  @ParameterizedTest
  @EnumSource(names = {"INGEST", "SYNC"})
  void losesAndDoublesNothingWhenAServiceIsKilled(Part victim) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.printf("replay with -Dit.test=KillIT -Dseed=%d%n", seed);
    try (LocalStack stack = WholeStack.start("kill-" + victim.key());
        Killer killer = new Killer(stack, victim, seed)) {
      Demo demo = new Demo(WholeStack.stage(stack), PATIENT, killer::actBegins);

      DemoReport report = demo.play("kill");

      System.out.println(report.table());
      assertThat(report.isGood()).as(report.table()).isTrue();
      assertThat(killer.kills()).as("kills in the middle of an act").isEqualTo(ACTS);
      assertThat(stack.starts(victim)).isEqualTo(1 + ACTS);
    }
  }
}
