package dev.twofold.sync.tenant.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The profile {@code cloud} with Secret Manager's own client, over secrets in memory. */
class CloudCredentialsIT {

  private static final TenantId MAIN = new TenantId("main");
  private static final String PREFIX = "projects/acme-prod/secrets/";
  private static final String HUBSPOT =
      PREFIX + "twofold-main-hubspot-access-token/versions/latest";
  private static final String STRIPE = PREFIX + "twofold-main-stripe-api-key/versions/latest";

  @Test
  void takesTheCredentialsFromSecretManager() {
    try (FakeSecretManager secrets =
            new FakeSecretManager(Map.of(HUBSPOT, "pat-eu1:with-colon", STRIPE, "sk_live_${x}"));
        ConfigurableApplicationContext context = start(secrets)) {
      Connections connections = context.getBean(Connections.class);

      assertThat(connections.token(MAIN, Side.HUBSPOT))
          .contains(new ApiToken("pat-eu1:with-colon"));
      assertThat(connections.token(MAIN, Side.STRIPE)).contains(new ApiToken("sk_live_${x}"));
      assertThat(connections.missing(MAIN)).containsExactly("HUBSPOT_APP_ID");
    }
  }

  @Test
  void leavesTheTenantUnconnectedWhereASecretDoesNotExist() {
    try (FakeSecretManager secrets = new FakeSecretManager(Map.of(STRIPE, "sk_live_1"));
        ConfigurableApplicationContext context = start(secrets)) {
      Connections connections = context.getBean(Connections.class);

      assertThat(connections.token(MAIN, Side.HUBSPOT)).isEmpty();
      assertThat(connections.missing(MAIN))
          .containsExactly(
              "HUBSPOT_ACCESS_TOKEN (secret sm@twofold-main-hubspot-access-token: NOT_FOUND)",
              "HUBSPOT_APP_ID");
      assertThat(secrets.asked()).contains(HUBSPOT, STRIPE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED_PRECONDITION", "PERMISSION_DENIED"})
  void leavesTheTenantUnconnectedWhereASecretMayNotBeRead(Status.Code refusal) {
    try (FakeSecretManager secrets =
            new FakeSecretManager(Map.of(HUBSPOT, "pat")).refusing(refusal);
        ConfigurableApplicationContext context = start(secrets)) {
      Connections connections = context.getBean(Connections.class);

      assertThat(connections.token(MAIN, Side.HUBSPOT)).contains(new ApiToken("pat"));
      assertThat(connections.token(MAIN, Side.STRIPE)).isEmpty();
      assertThat(connections.missing(MAIN))
          .contains("STRIPE_API_KEY (secret sm@twofold-main-stripe-api-key: " + refusal + ")");
    }
  }

  @Test
  void doesNotStartWhereSecretManagerCannotAnswer() {
    try (FakeSecretManager secrets =
        new FakeSecretManager(Map.of()).refusing(Status.Code.INTERNAL)) {
      assertThatThrownBy(() -> start(secrets).close())
          .hasStackTraceContaining("expected Secret Manager to answer for sm@twofold-main-")
          .hasStackTraceContaining("it said INTERNAL");
    }
  }

  @Test
  void neverAsksForASecretWhereThePlainSettingIsThere() {
    try (FakeSecretManager secrets = new FakeSecretManager(Map.of());
        ConfigurableApplicationContext context =
            start(secrets, "--HUBSPOT_ACCESS_TOKEN=pat-plain", "--STRIPE_API_KEY=sk-plain")) {
      assertThat(context.getBean(Connections.class).token(MAIN, Side.HUBSPOT))
          .contains(new ApiToken("pat-plain"));
      assertThat(secrets.asked()).isEmpty();
    }
  }

  @Test
  void neverAsksForACredentialInAProcessThatOnlyTakesNoticesIn() {
    try (FakeSecretManager secrets = new FakeSecretManager(Map.of(HUBSPOT, "pat", STRIPE, "sk"));
        ConfigurableApplicationContext context = start(secrets, "--ROLES=notices")) {
      assertThat(context.getBean(Connections.class).token(MAIN, Side.STRIPE)).isEmpty();
      assertThat(secrets.asked()).isEmpty();
    }
  }

  private static ConfigurableApplicationContext start(
      FakeSecretManager secrets, String... options) {
    SpringApplication application = new SpringApplication(Bound.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    List<String> base =
        List.of(
            "--spring.profiles.active=cloud",
            "--GOOGLE_CLOUD_PROJECT=acme-prod",
            secrets.setting());
    return application.run(Stream.concat(base.stream(), Stream.of(options)).toArray(String[]::new));
  }

  @ConfigurationPropertiesScan
  @Import(ConnectionConfiguration.class)
  private static final class Bound {}
}
