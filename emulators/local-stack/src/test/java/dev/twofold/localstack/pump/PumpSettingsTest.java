package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PumpSettingsTest {
  @Test
  void doublesTheBackoffUpToItsMost() {
    PumpSettings settings = settings(60, 1, 60, 100);

    assertThat(settings.backoff(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.backoff(3)).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.backoff(7)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.backoff(100)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void refusesWhatTheServiceRefuses() {
    assertThatThrownBy(() -> settings(9, 1, 60, 100)).hasMessageContaining("10 to 600 s");
    assertThatThrownBy(() -> settings(60, 2, 1, 100)).hasMessageContaining("the least first");
    assertThatThrownBy(() -> settings(60, 1, 60, 4)).hasMessageContaining("5 to 100 times");
  }

  private static PumpSettings settings(int ack, int least, int most, int attempts) {
    return new PumpSettings(
        "http://127.0.0.1:1/notices",
        Duration.ofSeconds(ack),
        Duration.ofSeconds(least),
        Duration.ofSeconds(most),
        attempts);
  }
}
