package dev.twofold.simulators.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final ApiRequest POST =
      ApiRequest.of("POST", "/v1/customers", Map.of(), new byte[0]);
  private static final ApiRequest GET = ApiRequest.of("GET", "/v1/events", Map.of(), new byte[0]);

  private final Faults faults = new Faults(new Random(1));

  @Test
  void strikesAsOftenAsItsCountAndOnlyWhatItMatches() {
    faults.add(Fault.error(500).times(2).on("POST", "customers"));

    assertThat(faults.strike(GET, NOW)).isEmpty();
    assertThat(faults.strike(POST, NOW)).isPresent();
    assertThat(faults.strike(POST, NOW)).isPresent();
    assertThat(faults.strike(POST, NOW)).isEmpty();
    assertThat(faults.inForce(NOW)).isEmpty();
  }

  @Test
  void endsAtItsTime() {
    faults.add(Fault.outage().until(NOW.plusSeconds(10)));

    assertThat(faults.strike(GET, NOW.plusSeconds(9))).isPresent();
    assertThat(faults.strike(GET, NOW.plusSeconds(10))).isEmpty();
  }

  @Test
  void strikesWithItsProbability() {
    faults.add(Fault.storm().withProbability(0.2));

    long struck =
        IntStream.range(0, 10_000).filter(i -> faults.strike(GET, NOW).isPresent()).count();

    assertThat(struck).isBetween(1_800L, 2_200L);
  }

  @Test
  void delaysAnswersWithTheGivenMedianAndNinetyNinthPercentile() {
    faults.delayAnswers(Duration.ofMillis(80), Duration.ofMillis(400));

    long[] millis =
        IntStream.range(0, 20_000).mapToLong(i -> faults.nextDelay().toMillis()).toArray();
    Arrays.sort(millis);

    assertThat(millis[10_000]).isBetween(75L, 85L);
    assertThat(millis[19_800]).isBetween(350L, 450L);
  }

  @Test
  void delaysNothingUnlessAsked() {
    assertThat(faults.nextDelay()).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> faults.delayAnswers(Duration.ofMillis(5), Duration.ofMillis(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesFaultsThatMakeNoSense() {
    assertThatThrownBy(() -> Fault.error(200)).hasMessageContaining("200");
    assertThatThrownBy(() -> Fault.storm().withProbability(1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> Fault.storm().times(0)).hasMessageContaining("0");
  }
}
