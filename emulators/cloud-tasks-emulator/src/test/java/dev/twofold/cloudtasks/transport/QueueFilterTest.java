package dev.twofold.cloudtasks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RateLimits;
import dev.twofold.cloudtasks.engine.RequestRefused;
import dev.twofold.cloudtasks.engine.RetryPolicy;
import dev.twofold.cloudtasks.engine.RunState;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueFilterTest {

  private static final QueueSnapshot QUEUE =
      new QueueSnapshot(
          QueueName.of("p", "l", "orders"),
          QueueSettings.of(new RateLimits(15, 7, 0), RetryPolicy.DEFAULT),
          10,
          Duration.ofHours(1),
          RunState.PAUSED,
          null);

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "state: PAUSED, true",
    "state=RUNNING, false",
    "state != RUNNING, true",
    "name:orders, true",
    "rateLimits.maxDispatchesPerSecond >= 15, true",
    "rateLimits.maxDispatchesPerSecond > 15, false",
    "rate_limits.max_concurrent_dispatches < 10, true",
    "'state: \"PAUSED\" AND retryConfig.maxAttempts <= 100', true",
    "state: PAUSED AND name: nothing, false"
  })
  void comparesFields(String filter, boolean accepted) {
    assertThat(QueueFilter.parse(filter).accepts(QUEUE)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PAUSED",
        "state PAUSED",
        "state: PAUSED AND",
        "colour: red",
        "state: A OR state: B",
        "rateLimits.maxBurstSize > many"
      })
  void refusesWhatItDoesNotUnderstand(String filter) {
    assertThatThrownBy(() -> QueueFilter.parse(filter).accepts(QUEUE))
        .isInstanceOf(RequestRefused.class)
        .hasMessageContaining("cannot be understood");
  }
}
