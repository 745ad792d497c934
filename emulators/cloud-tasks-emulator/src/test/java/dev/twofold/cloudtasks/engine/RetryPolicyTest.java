package dev.twofold.cloudtasks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void backsOffAsInTheDocumentedExampleWithItsLinearPart() {
    RetryPolicy policy =
        new RetryPolicy(-1, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(300), 3);

    List<Long> seconds =
        IntStream.rangeClosed(1, 8).mapToObj(k -> policy.delayAfter(k).toSeconds()).toList();

    assertThat(seconds).containsExactly(10L, 20L, 40L, 80L, 160L, 240L, 300L, 300L);
  }

  @Test
  void startsAtATenthOfASecondAndEndsAtAnHourByDefault() {
    assertThat(RetryPolicy.DEFAULT.delayAfter(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(RetryPolicy.DEFAULT.delayAfter(10)).isEqualTo(Duration.ofMillis(51_200));
    assertThat(RetryPolicy.DEFAULT.delayAfter(99)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void survivesBackoffsAndAttemptsThatOverflow() {
    RetryPolicy vast =
        new RetryPolicy(-1, Duration.ZERO, Duration.ofDays(9000), Duration.ofDays(90_000), 1000);

    assertThat(vast.delayAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(90_000));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0, 4, 9999, false",
    "5, 0, 5, 0, true",
    "5, 3600, 5, 3599, false",
    "5, 3600, 4, 3600, false",
    "5, 3600, 5, 3600, true",
    "-1, 3600, 900, 3599, false",
    "-1, 3600, 2, 3600, true",
    "-1, 0, 100000, 9999999, false"
  })
  void givesUpOnlyWhenBothConditionsHold(
      int maxAttempts, long maxSeconds, int attempts, long elapsed, boolean exhausted) {
    RetryPolicy policy =
        new RetryPolicy(
            maxAttempts, Duration.ofSeconds(maxSeconds), Duration.ZERO, Duration.ZERO, 0);

    assertThat(policy.isExhausted(attempts, FIRST, FIRST.plusSeconds(elapsed)))
        .isEqualTo(exhausted);
  }

  @Test
  void treatsZeroAsUnset() {
    assertThat(RetryPolicy.DEFAULT)
        .isEqualTo(
            new RetryPolicy(100, Duration.ZERO, Duration.ofMillis(100), Duration.ofHours(1), 16));
  }

  @Test
  void refusesABackoffThatShrinks() {
    assertThatThrownBy(() ->
            new RetryPolicy(0, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 0))
        .isInstanceOf(RequestRefused.class)
        .hasMessage("RetryConfig.minBackoff must be less than or equal to RetryConfig.maxBackoff.");
  }
}
