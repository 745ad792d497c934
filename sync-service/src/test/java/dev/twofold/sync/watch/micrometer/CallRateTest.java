package dev.twofold.sync.watch.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallRateTest {

  private Instant now = Instant.parse("2026-11-21T09:00:00.400Z");
  private final CallRate rate = new CallRate(() -> now);

  @Test
  void isTheMeanOfTheLastMinute() {
    for (int call = 0; call < 900; call++) {
      rate.count();
    }

    assertThat(rate.perSecond()).isEqualTo(15);
  }

  @Test
  void forgetsWhatIsOlderThanAMinuteSecondBySecond() {
    rate.count();
    now = now.plusSeconds(30);
    rate.count();

    now = now.plusSeconds(29);
    assertThat(rate.perSecond() * 60).isEqualTo(2);
    now = now.plusSeconds(1);
    assertThat(rate.perSecond() * 60).isEqualTo(1);
    now = now.plusSeconds(3600);
    assertThat(rate.perSecond()).isZero();
  }

  @Test
  void keepsCountingWhenTheClockIsSetBack() {
    rate.count();
    now = now.minusSeconds(600);
    rate.count();

    assertThat(rate.perSecond() * 60).isEqualTo(2);
  }
}
