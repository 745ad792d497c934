package dev.twofold.sync.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

class AccessSettingsTest {

  private static final String[] TOKEN = {
    "twofold.access.guard=token",
    "twofold.access.issuer=https://accounts.google.com",
    "twofold.access.audience=https://sync.example.com",
    "twofold.access.notices=push@acme.iam.gserviceaccount.com"
  };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner.run(context -> {
      AccessSettings settings = context.getBean(AccessSettings.class);
      assertThat(settings.guard()).isEqualTo(Guard.LOOPBACK);
      assertThat(settings.issuer()).isEmpty();
      assertThat(settings.audience()).isEmpty();
      assertThat(settings.jwksUrl()).isEmpty();
      assertThat(settings.accountsFor("/notices")).isEmpty();
      assertThat(settings.accountsFor("/writes/stripe/main/1/1")).isEmpty();
      assertThat(settings.accountsFor("/links")).isEmpty();
    });
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(TOKEN)
        .withPropertyValues(
            "twofold.access.jwks-url=http://127.0.0.1:9000/keys",
            "twofold.access.writes=tasks@acme.example, more@acme.example",
            "twofold.access.operators=ada@acme.example")
        .run(context -> {
          AccessSettings settings = context.getBean(AccessSettings.class);
          assertThat(settings.guard()).isEqualTo(Guard.TOKEN);
          assertThat(settings.issuer()).isEqualTo("https://accounts.google.com");
          assertThat(settings.audience()).isEqualTo("https://sync.example.com");
          assertThat(settings.jwksUrl()).isEqualTo("http://127.0.0.1:9000/keys");
          assertThat(settings.accountsFor("/notices"))
              .containsExactly("push@acme.iam.gserviceaccount.com");
          assertThat(settings.accountsFor("/writes/hubspot/main/drain"))
              .containsExactlyInAnyOrder("tasks@acme.example", "more@acme.example");
          assertThat(settings.accountsFor("/tenants/main/pause"))
              .containsExactly("ada@acme.example");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.access.guard=none",
        "twofold.access.issuer=http://accounts.example.com",
        "twofold.access.issuer=",
        "twofold.access.audience=",
        "twofold.access.notices=",
        "twofold.access.notices=not-an-account",
        "twofold.access.jwks-url=file:///keys.json",
        "twofold.access.jwks-url=http://localhost.evil.example/keys",
        "twofold.access.guard=loopback",
        "twofold.access.guard=cloud-run"
      })
  void refusesBadValues(String property) {
    runner
        .withPropertyValues(TOKEN)
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void refusesToLeaveTheCheckToCloudRunAnywhereElse() {
    runner
        .withPropertyValues("twofold.access.guard=cloud-run")
        .run(context -> {
          AccessSettings settings = context.getBean(AccessSettings.class);
          MockEnvironment inCloudRun =
              new MockEnvironment().withProperty("K_SERVICE", "twofold-writes");

          assertThatIllegalStateException()
              .isThrownBy(() ->
                  AccessConfiguration.doorkeeper(
                      settings, new MockEnvironment(), Clock.systemUTC()))
              .withMessageContaining("ACCESS_GUARD");
          assertThat(
                  AccessConfiguration.doorkeeper(settings, inCloudRun, Clock.systemUTC())
                      .refusal(new MockHttpServletRequest()))
              .isEmpty();
        });
  }

  @EnableConfigurationProperties(AccessSettings.class)
  private static final class Bound {}
}
