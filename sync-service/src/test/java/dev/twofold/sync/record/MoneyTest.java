package dev.twofold.sync.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "1250, chf, 12.50",
    "5, usd, 0.05",
    "500, jpy, 500",
    "500, KRW, 500",
    "500, isk, 5.00",
    "500, ugx, 5.00",
    "1234500, huf, 12345.00",
    "5120, kwd, 5.120",
    "9223372036854775807, eur, 92233720368547758.07",
    "0, eur, 0.00"
  })
  void countsInMajorUnits(long minor, String currency, String amount) {
    assertThat(Money.major(minor, currency)).isEqualTo(amount);
  }
}
