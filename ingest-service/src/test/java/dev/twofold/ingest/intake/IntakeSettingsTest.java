package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.ingest.signature.SigningSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import tools.jackson.databind.json.JsonMapper;

class IntakeSettingsTest {

  private static final String PROJECT = "twofold.pubsub.project=acme-prod";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner
        .withPropertyValues(PROJECT)
        .run(context -> {
          IntakeSettings settings = context.getBean(IntakeSettings.class);
          assertThat(settings.publicBaseUrl()).isEqualTo("http://127.0.0.1:8080");
          assertThat(settings.hubspotV1Allowed()).isFalse();
          assertThat(settings.acknowledgeWithin()).isEqualTo(Duration.ofSeconds(3));
          assertThat(settings.bodyBytesMax()).isEqualTo(1024 * 1024);
          assertThat(settings.bodyWithin()).isEqualTo(Duration.ofSeconds(5));
          assertThat(settings.inHandMax()).isEqualTo(100);
          assertThat(settings.busyWait()).isEqualTo(Duration.ofMillis(500));
          assertThat(settings.pubsub().topic()).isEqualTo("twofold-notices");
          assertThat(settings.pubsub().isEmulated()).isFalse();
          assertThat(settings.tenants()).containsOnlyKeys("main");
          assertThat(settings.tenants().get("main"))
              .isEqualTo(IntakeSettings.TenantSettings.UNCONNECTED);
        });
  }

  @Test
  void givesTheMainTenantLocalSecretsBesideAnEmulatorOnly() {
    runner
        .withPropertyValues(
            "twofold.pubsub.emulator-host=127.0.0.1:8085",
            "twofold.tenants.main.hubspot.secrets=",
            "twofold.tenants.main.stripe.secrets=whsec_own")
        .run(context -> {
          IntakeSettings settings = context.getBean(IntakeSettings.class);
          assertThat(settings.pubsub().project()).isEqualTo("twofold-local");
          assertThat(settings.tenants().get("main"))
              .isEqualTo(
                  new IntakeSettings.TenantSettings(
                      IntakeSettings.ProviderSecrets.of(Deliveries.HUBSPOT_SECRET),
                      IntakeSettings.ProviderSecrets.of("whsec_own")));
        });
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.public-base-url=https://hooks.example.com/in/",
            "twofold.hubspot-v1-allowed=true",
            "twofold.acknowledge-within=2s",
            "twofold.body-bytes-max=4096",
            "twofold.body-within=1s",
            "twofold.in-hand-max=7",
            "twofold.busy-wait=0ms",
            "twofold.pubsub.project=acme-prod",
            "twofold.pubsub.topic=acme-notices",
            "twofold.pubsub.emulator-host=localhost:18085",
            "twofold.tenants.acme-eu.hubspot.secrets=one",
            "twofold.tenants.acme-eu.stripe.secrets= whsec_a, whsec_b ,")
        .run(context -> {
          IntakeSettings settings = context.getBean(IntakeSettings.class);
          assertThat(settings.publicBaseUrl()).isEqualTo("https://hooks.example.com/in");
          assertThat(settings.hubspotV1Allowed()).isTrue();
          assertThat(settings.acknowledgeWithin()).isEqualTo(Duration.ofSeconds(2));
          assertThat(settings.bodyBytesMax()).isEqualTo(4096);
          assertThat(settings.bodyWithin()).isEqualTo(Duration.ofSeconds(1));
          assertThat(settings.inHandMax()).isEqualTo(7);
          assertThat(settings.busyWait()).isEqualTo(Duration.ZERO);
          assertThat(settings.pubsub())
              .isEqualTo(
                  new IntakeSettings.PubSubSettings(
                      "acme-prod", "acme-notices", "localhost:18085"));
          assertThat(settings.tenants()).containsOnlyKeys("acme-eu", "main");
          assertThat(settings.tenants().get("acme-eu"))
              .isEqualTo(
                  new IntakeSettings.TenantSettings(
                      IntakeSettings.ProviderSecrets.of("one"),
                      IntakeSettings.ProviderSecrets.of("whsec_a,whsec_b")));
          assertThat(IntakeSettings.SigningSecrets.of(" whsec_a, whsec_b ,").active())
              .containsExactly(new SigningSecret("whsec_a"), new SigningSecret("whsec_b"));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.pubsub.project=",
        "twofold.pubsub.project=UPPER",
        "twofold.pubsub.topic=x",
        "twofold.pubsub.emulator-host=nohost",
        "twofold.public-base-url=hooks.example.com",
        "twofold.public-base-url=https://hooks.example.com/?a=b",
        "twofold.acknowledge-within=5s",
        "twofold.acknowledge-within=1ms",
        "twofold.acknowledge-within=soon",
        "twofold.body-bytes-max=0",
        "twofold.body-within=0s",
        "twofold.in-hand-max=0",
        "twofold.busy-wait=1m",
        "twofold.tenants.Not_Valid.stripe.secrets=whsec_a",
        "twofold.tenants.many.stripe.secrets=a,b,c,d,e,f,g,h,i,j,k",
        "twofold.hubspot-v1-allowed=maybe"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(PROJECT, property).run(context -> assertThat(context).hasFailed());
  }

  @Test
  void neverPrintsASecret() {
    runner
        .withPropertyValues(PROJECT, "twofold.tenants.main.stripe.secrets=whsec_very_secret")
        .run(context ->
            assertThat(context.getBean(IntakeSettings.class).toString())
                .contains("set")
                .doesNotContain("whsec_very_secret"));
  }

  @Test
  void publishesToTheTopicThatTheTopologyNames() throws IOException {
    String topic =
        JsonMapper.shared()
            .readTree(Path.of("..", "terraform", "topology.json").toFile())
            .path("topic")
            .asString();

    runner
        .withPropertyValues(PROJECT)
        .run(context ->
            assertThat(context.getBean(IntakeSettings.class).pubsub().topic()).isEqualTo(topic));
  }

  @EnableConfigurationProperties(IntakeSettings.class)
  private static final class Bound {}
}
