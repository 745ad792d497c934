package dev.twofold.sync.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceSettingsTest {

  @Test
  void hasDefaults() {
    assertThat(PaceSettings.of(15))
        .isEqualTo(new PaceSettings(15, Duration.ofMillis(40), Duration.ofSeconds(10), 400));
  }

  @Test
  void refusesWhatCouldNotWork() {
    Duration margin = Duration.ofMillis(40);
    Duration wait = Duration.ofSeconds(10);
    assertRefused(() -> new PaceSettings(0, margin, wait, 1), "came 0");
    assertRefused(() -> new PaceSettings(1_001, margin, wait, 1), "came 1001");
    assertRefused(() -> new PaceSettings(1, Duration.ofMillis(-1), wait, 1), "margin");
    assertRefused(() -> new PaceSettings(1, Duration.ofSeconds(2), wait, 1), "margin");
    assertRefused(() -> new PaceSettings(1, margin, Duration.ofMillis(-1), 1), "wait");
    assertRefused(() -> new PaceSettings(1, margin, Duration.ofHours(1), 1), "wait");
    assertRefused(() -> new PaceSettings(1, margin, wait, 0), "waiters");
  }

  private static void assertRefused(Runnable making, String because) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }
}
