package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void areValuesThatWereSeen() {
    List<Double> hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(Percentiles.of(hundred.reversed())).isEqualTo(new Percentiles(100, 50, 95, 99, 100));
  }

  @Test
  void areTheOneValueThereIs() {
    assertThat(Percentiles.of(List.of(7.0))).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
  }

  @Test
  void areZeroOfNothing() {
    assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
  }
}
