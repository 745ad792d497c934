package dev.twofold.sync.dispatch.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class DispatchSettingsTest {

  @EnableConfigurationProperties(DispatchSettings.class)
  static class Bound {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaultsBesideAnEmulator() {
    runner
        .withPropertyValues(
            "twofold.tasks.emulator-host=127.0.0.1:8087",
            "twofold.tasks.project=",
            "twofold.tasks.location=",
            "twofold.tasks.writes-base-url=",
            "twofold.tasks.service-account=",
            "twofold.tasks.audience=")
        .run(context ->
            assertThat(context.getBean(DispatchSettings.class))
                .isEqualTo(
                    new DispatchSettings(
                        "twofold-local",
                        "europe-west1",
                        "127.0.0.1:8087",
                        "http://127.0.0.1:8081",
                        "",
                        "http://127.0.0.1:8081",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(8))));
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.tasks.project=acme-prod",
            "twofold.tasks.location=us-central1",
            "twofold.tasks.writes-base-url=https://writes.example.com/sync/",
            "twofold.tasks.service-account=tasks@acme.example",
            "twofold.tasks.audience=https://other.example.com",
            "twofold.tasks.dispatch-deadline=30s",
            "twofold.tasks.answer-within=4s")
        .run(context ->
            assertThat(context.getBean(DispatchSettings.class))
                .isEqualTo(
                    new DispatchSettings(
                        "acme-prod",
                        "us-central1",
                        "",
                        "https://writes.example.com/sync",
                        "tasks@acme.example",
                        "https://other.example.com",
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(4))));
  }

  @Test
  void makesTokensOutToTheRootOfTheService() {
    runner
        .withPropertyValues(
            "twofold.tasks.project=acme-prod",
            "twofold.tasks.writes-base-url=https://writes.example.com/sync")
        .run(context ->
            assertThat(context.getBean(DispatchSettings.class).audience())
                .isEqualTo("https://writes.example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.tasks.project=",
        "twofold.tasks.location=europe",
        "twofold.tasks.emulator-host=http://127.0.0.1:8087",
        "twofold.tasks.writes-base-url=",
        "twofold.tasks.writes-base-url=writes.example.com",
        "twofold.tasks.service-account=nobody",
        "twofold.tasks.dispatch-deadline=5s",
        "twofold.tasks.answer-within=31s"
      })
  void refusesBadValues(String property) {
    runner
        .withPropertyValues(
            "twofold.tasks.project=acme-prod",
            "twofold.tasks.writes-base-url=https://writes.example.com",
            property)
        .run(context -> assertThat(context).hasFailed());
  }
}
