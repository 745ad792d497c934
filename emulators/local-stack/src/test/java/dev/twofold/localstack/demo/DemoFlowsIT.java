package dev.twofold.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.localstack.stack.LocalStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The demo's flows on real parts: both services as processes, official emulators, nothing
 * disturbed. Twice, because a stack that has played once must play again.
 */
class DemoFlowsIT {
  private static final Demo.Pace PACE =
      new Demo.Pace(Duration.ofSeconds(90), Duration.ofSeconds(10));

  @Test
  void bringsEverythingAcrossOnceAndThenFallsSilent() throws Exception {
    try (LocalStack stack = WholeStack.start("demo-flows")) {
      Stage stage = WholeStack.stage(stack);

      DemoReport first = new Demo(stage, PACE, System.out::println).play("one");
      DemoReport second = new Demo(stage, PACE, System.out::println).play("two");

      System.out.println(first.table());
      System.out.println(second.table());
      assertThat(first.isGood()).as(first.table()).isTrue();
      assertThat(second.isGood()).as(second.table()).isTrue();
    }
  }
}
