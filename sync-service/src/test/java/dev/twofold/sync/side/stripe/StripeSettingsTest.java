package dev.twofold.sync.side.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class StripeSettingsTest {

  @EnableConfigurationProperties(StripeSettings.class)
  static class Bound {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner
        .withPropertyValues("twofold.stripe.api-base=")
        .run(context ->
            assertThat(context.getBean(StripeSettings.class))
                .isEqualTo(
                    new StripeSettings(
                        "https://api.stripe.com", Duration.ofSeconds(2), Duration.ofSeconds(10))));
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.stripe.api-base=http://127.0.0.1:8092/",
            "twofold.stripe.connect-timeout=1s",
            "twofold.stripe.answer-timeout=5s")
        .run(context ->
            assertThat(context.getBean(StripeSettings.class))
                .isEqualTo(
                    new StripeSettings(
                        "http://127.0.0.1:8092", Duration.ofSeconds(1), Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.stripe.api-base=api.stripe.com",
        "twofold.stripe.api-base=https://api.stripe.com/v1",
        "twofold.stripe.connect-timeout=0s",
        "twofold.stripe.answer-timeout=61s"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
