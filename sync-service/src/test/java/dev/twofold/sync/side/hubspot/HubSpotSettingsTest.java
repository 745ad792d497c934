package dev.twofold.sync.side.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class HubSpotSettingsTest {

  @EnableConfigurationProperties(HubSpotSettings.class)
  static class Bound {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner
        .withPropertyValues("twofold.hubspot.api-base=", "twofold.hubspot.api-version=")
        .run(context ->
            assertThat(context.getBean(HubSpotSettings.class))
                .isEqualTo(
                    new HubSpotSettings(
                        "https://api.hubapi.com",
                        "v3",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15))));
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.hubspot.api-base=http://127.0.0.1:8091/",
            "twofold.hubspot.api-version=2026-09",
            "twofold.hubspot.connect-timeout=1s",
            "twofold.hubspot.answer-timeout=5s")
        .run(context ->
            assertThat(context.getBean(HubSpotSettings.class))
                .isEqualTo(
                    new HubSpotSettings(
                        "http://127.0.0.1:8091",
                        "2026-09",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.hubspot.api-base=api.hubapi.com",
        "twofold.hubspot.api-base=https://api.hubapi.com/crm",
        "twofold.hubspot.api-version=v4",
        "twofold.hubspot.connect-timeout=0s",
        "twofold.hubspot.answer-timeout=61s"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
