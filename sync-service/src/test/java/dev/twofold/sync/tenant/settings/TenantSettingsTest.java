package dev.twofold.sync.tenant.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.settings.CredentialSettings.Credential;
import dev.twofold.sync.tenant.settings.CredentialSettings.Credentials;
import dev.twofold.sync.tenant.settings.TenantSettings.Accounts;
import dev.twofold.sync.tenant.settings.TenantSettings.HubSpotAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Import;

class TenantSettingsTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final TenantId ACME = new TenantId("acme-eu");

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Bound.class);

  @Test
  void hasDefaults() {
    runner.run(context -> {
      assertThat(context.getBean(TenantSettings.class).tenants())
          .containsOnlyKeys("main")
          .containsValue(new Accounts(new HubSpotAccount("", "")));
      assertThat(context.getBean(CredentialSettings.class).credentials()).isEmpty();
    });
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues(
            "twofold.tenants.acme-eu.hubspot.app-id= 77001 ",
            "twofold.tenants.acme-eu.hubspot.portal-id=900100",
            "twofold.credentials.acme-eu.hubspot=pat-acme",
            "twofold.credentials.acme-eu.stripe=sk_acme")
        .run(context -> {
          assertThat(context.getBean(TenantSettings.class).tenants())
              .containsOnlyKeys("acme-eu", "main")
              .containsEntry("acme-eu", new Accounts(new HubSpotAccount("77001", "900100")));
          assertThat(context.getBean(CredentialSettings.class).credentials())
              .containsOnlyKeys("acme-eu")
              .containsEntry(
                  "acme-eu", new Credentials(Credential.of("pat-acme"), Credential.of("sk_acme")));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twofold.tenants.Not_Valid.hubspot.app-id=1",
        "twofold.tenants.x.hubspot.app-id=1",
        "twofold.tenants.main.hubspot.app-id=seven",
        "twofold.tenants.main.hubspot.portal-id=-1",
        "twofold.credentials.nobody.stripe=sk_1"
      })
  void refusesBadValues(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }

  @Test
  void refusesOnePortalForTwoTenants() {
    runner
        .withPropertyValues(
            "twofold.tenants.main.hubspot.portal-id=900100",
            "twofold.tenants.acme-eu.hubspot.portal-id=900100")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void neverPrintsACredential() {
    runner
        .withPropertyValues(
            "twofold.credentials.main.hubspot=pat-very-secret", "twofold.credentials.main.stripe=")
        .run(context ->
            assertThat(context.getBean(CredentialSettings.class).toString())
                .contains("hubspot=set", "stripe=unset")
                .doesNotContain("pat-very-secret"));
  }

  @Test
  void answersForAConnectedTenant() {
    runner
        .withPropertyValues(
            "twofold.tenants.acme-eu.hubspot.app-id=77001",
            "twofold.tenants.acme-eu.hubspot.portal-id=900100",
            "twofold.credentials.acme-eu.hubspot=pat-acme",
            "twofold.credentials.acme-eu.stripe=sk_acme")
        .run(context -> {
          Connections connections = context.getBean(Connections.class);
          assertThat(connections.tenants()).containsExactly(ACME, MAIN);
          assertThat(connections.token(ACME, Side.HUBSPOT)).contains(new ApiToken("pat-acme"));
          assertThat(connections.token(ACME, Side.STRIPE)).contains(new ApiToken("sk_acme"));
          assertThat(connections.hubspotAppId(ACME)).contains("77001");
          assertThat(connections.ofPortal("900100")).contains(ACME);
          assertThat(connections.ofPortal("900101")).isEmpty();
          assertThat(connections.missing(ACME)).isEmpty();
        });
  }

  @Test
  void namesTheSettingsThatAreMissingByTheirShortNamesForMain() {
    runner
        .withPropertyValues(
            "twofold.tenants.acme-eu.hubspot.app-id=77001", "twofold.credentials.main.hubspot=pat")
        .run(context -> {
          Connections connections = context.getBean(Connections.class);
          assertThat(connections.missing(MAIN)).containsExactly("STRIPE_API_KEY", "HUBSPOT_APP_ID");
          assertThat(connections.missing(ACME))
              .containsExactly(
                  "twofold.credentials.acme-eu.hubspot", "twofold.credentials.acme-eu.stripe");
          assertThat(connections.missing(new TenantId("nobody")))
              .containsExactly("twofold.tenants.nobody");
        });
  }

  @Test
  void holdsNoCredentialInAProcessThatOnlyTakesNoticesIn() {
    runner
        .withPropertyValues(
            "twofold.roles=notices",
            "twofold.tenants.main.hubspot.app-id=77001",
            "twofold.credentials.main.hubspot=pat",
            "twofold.credentials.main.stripe=${a-secret-nobody-may-ask-for}")
        .run(context -> {
          Connections connections = context.getBean(Connections.class);
          assertThat(context).doesNotHaveBean(CredentialSettings.class);
          assertThat(connections.token(MAIN, Side.HUBSPOT)).isEmpty();
          assertThat(connections.missing(MAIN)).isEmpty();
        });
  }

  @ConfigurationPropertiesScan
  @Import(ConnectionConfiguration.class)
  private static final class Bound {}
}
