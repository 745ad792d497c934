package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class ReconcileSettingsTest {

  @EnableConfigurationProperties(ReconcileSettings.class)
  static class Bound {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner.run(context ->
        assertThat(context.getBean(ReconcileSettings.class))
            .isEqualTo(new ReconcileSettings(Duration.ofSeconds(1))));
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues("twofold.reconcile.settle=250ms")
        .run(context ->
            assertThat(context.getBean(ReconcileSettings.class))
                .isEqualTo(new ReconcileSettings(Duration.ofMillis(250))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.reconcile.settle=-1s",
        "twofold.reconcile.settle=31s",
        "twofold.reconcile.settle=soon"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
