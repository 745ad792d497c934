package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.ingest.intake.IntakeSettings.ProviderSecrets;
import dev.twofold.ingest.intake.IntakeSettings.TenantSettings;
import dev.twofold.ingest.intake.SecretStore.SecretRead;
import dev.twofold.ingest.intake.Tenants.Standing;
import dev.twofold.ingest.signature.SigningSecret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantSecretsTest {

  private static final TenantSettings SETTINGS =
      new TenantSettings(ProviderSecrets.of("sm@hub"), ProviderSecrets.of("whsec_plain"));

  @Test
  void readsWhatIsNamedAndTakesWhatIsWrittenOut() {
    Tenants.Secrets secrets =
        TenantSecrets.read("main", SETTINGS, name -> new SecretRead.Found(" one, two,\n"));

    assertThat(secrets.hubspot())
        .containsExactly(new SigningSecret("one"), new SigningSecret("two"));
    assertThat(secrets.stripe()).containsExactly(new SigningSecret("whsec_plain"));
    assertThat(secrets.missing()).isEmpty();
  }

  @Test
  void namesTheSecretThatIsMissingAndWhy() {
    Tenants.Secrets secrets =
        TenantSecrets.read("main", SETTINGS, name -> new SecretRead.Missing("PERMISSION_DENIED"));

    assertThat(new Tenants(Map.of("main", secrets)).find("main", Provider.HUBSPOT))
        .isEqualTo(
            new Standing.Unconnected(
                "HUBSPOT_CLIENT_SECRET", "The secret sm@hub cannot be read: PERMISSION_DENIED."));
  }

  @Test
  void takesABlankSecretForAMissingOne() {
    Tenants.Secrets secrets =
        TenantSecrets.read("main", SETTINGS, name -> new SecretRead.Found(" ,\n"));

    assertThat(secrets.missing())
        .containsExactlyEntriesOf(Map.of(Provider.HUBSPOT, "The secret sm@hub is blank."));
  }

  @Test
  void refusesMoreSecretsThanOneDeliveryMayBeTriedWith() {
    assertThatThrownBy(() ->
            TenantSecrets.read(
                "main", SETTINGS, name -> new SecretRead.Found("a,b,c,d,e,f,g,h,i,j,k")))
        .hasMessageContaining("at most 10 signing secrets in sm@hub, came 11");
  }

  @Test
  void neverPrintsASecret() {
    assertThat(new SecretRead.Found("whsec_very_secret").toString())
        .isEqualTo("Found[17 characters]");
  }
}
