package dev.twofold.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final RestartPolicy policy = RestartPolicy.STANDARD;

  @Test
  void startsASteadyProcessAgainAtOnce() {
    int earlyDeaths = policy.earlyDeathsAfter(7, Duration.ofMinutes(5));

    assertThat(policy.waitAfter(earlyDeaths)).isZero();
  }

  @Test
  void waitsLongerEachTimeAProcessDiesEarly() {
    List<Long> waits = new ArrayList<>();
    int earlyDeaths = 0;
    for (int death = 1; death <= 8; death++) {
      earlyDeaths = policy.earlyDeathsAfter(earlyDeaths, Duration.ofMillis(20));
      waits.add(policy.waitAfter(earlyDeaths).toMillis());
    }

    assertThat(waits).containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L);
  }

  @Test
  void staysAtTheLongestWaitHoweverManyDeaths() {
    assertThat(policy.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void refusesAWaitThatNeverGrows() {
    assertThatThrownBy(() -> new RestartPolicy(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("firstWait");
  }
}
