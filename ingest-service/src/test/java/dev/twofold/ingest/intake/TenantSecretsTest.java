package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.ingest.intake.IntakeSettings.ProviderSecrets;
import dev.twofold.ingest.intake.IntakeSettings.TenantSettings;
import dev.twofold.ingest.intake.SecretStore.SecretRead;
import dev.twofold.ingest.intake.Tenants.Standing;
import dev.twofold.ingest.signature.SigningSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TenantSecretsTest {

  private static final TenantSettings SETTINGS =
      new TenantSettings(ProviderSecrets.of("sm@hub"), ProviderSecrets.of("whsec_plain"));

  @Test
  void readsWhatIsNamedAndTakesWhatIsWrittenOut() {
    Tenants.Secrets secrets = read(new SecretRead.Found(" one, two,\n"));

    assertThat(secrets.hubspot())
        .containsExactly(new SigningSecret("one"), new SigningSecret("two"));
    assertThat(secrets.stripe()).containsExactly(new SigningSecret("whsec_plain"));
    assertThat(secrets.missing()).isEmpty();
  }

  @Test
  void namesTheSecretThatIsMissingAndWhy() {
    Tenants.Secrets secrets = read(new SecretRead.Missing("PERMISSION_DENIED"));

    assertThat(new Tenants(Map.of("main", secrets)).find("main", Provider.HUBSPOT))
        .isEqualTo(
            new Standing.Unconnected(
                "HUBSPOT_CLIENT_SECRET", "The secret sm@hub cannot be read: PERMISSION_DENIED."));
  }

  @Test
  void takesABlankSecretForAMissingOne() {
    Tenants.Secrets secrets = read(new SecretRead.Found(" ,\n"));

    assertThat(secrets.missing())
        .containsExactlyEntriesOf(Map.of(Provider.HUBSPOT, "The secret sm@hub is blank."));
  }

  @Test
  void refusesMoreSecretsThanOneDeliveryMayBeTriedWith() {
    assertThatThrownBy(() -> read(new SecretRead.Found("a,b,c,d,e,f,g,h,i,j,k")))
        .hasMessageContaining("at most 10 signing secrets in sm@hub, came 11");
  }

  @Test
  void neverPrintsASecret() {
    assertThat(new SecretRead.Found("whsec_very_secret").toString())
        .isEqualTo("Found[17 characters]");
  }

  @Test
  void asksForWhatIsNamedOnlyAndOnce() {
    List<Set<String>> asked = new ArrayList<>();
    TenantSecrets.read(
        Map.of("main", SETTINGS, "second", SETTINGS),
        names -> {
          asked.add(names);
          return Map.of("sm@hub", new SecretRead.Found("one"));
        });

    assertThat(asked).containsExactly(Set.of("sm@hub"));
  }

  private static Tenants.Secrets read(SecretRead everything) {
    Map<String, Tenants.Secrets> read =
        TenantSecrets.read(
            Map.of("main", SETTINGS),
            names -> names.stream().collect(Collectors.toMap(name -> name, name -> everything)));
    return Objects.requireNonNull(read.get("main"));
  }
}
