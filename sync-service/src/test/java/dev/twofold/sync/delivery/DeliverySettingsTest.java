package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class DeliverySettingsTest {

  @EnableConfigurationProperties(DeliverySettings.class)
  static class Bound {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner.run(context ->
        assertThat(context.getBean(DeliverySettings.class))
            .isEqualTo(new DeliverySettings(15, 100, Duration.ofSeconds(1), true)));
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.delivery.hubspot-limit=10",
            "twofold.delivery.stripe-limit=25",
            "twofold.delivery.settle=2s",
            "twofold.delivery.sweep-timer=false")
        .run(context ->
            assertThat(context.getBean(DeliverySettings.class))
                .isEqualTo(new DeliverySettings(10, 25, Duration.ofSeconds(2), false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.delivery.hubspot-limit=0",
        "twofold.delivery.stripe-limit=501",
        "twofold.delivery.settle=31s",
        "twofold.delivery.sweep-timer=perhaps"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
