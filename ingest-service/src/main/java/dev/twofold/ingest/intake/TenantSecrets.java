package dev.twofold.ingest.intake;

import dev.twofold.ingest.intake.IntakeSettings.ProviderSecrets;
import dev.twofold.ingest.intake.IntakeSettings.SigningSecrets;
import dev.twofold.ingest.intake.SecretStore.SecretRead;
import dev.twofold.ingest.signature.SigningSecret;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a tenant's signing secrets: written out in its settings, or kept by a secret that they
 * name. One that is not there leaves the tenant unconnected to that provider, and says so once.
 */
final class TenantSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(TenantSecrets.class);

  private TenantSecrets() {}

  static Tenants.Secrets read(
      String tenant, IntakeSettings.TenantSettings settings, SecretStore store) {
    Map<Provider, String> missing = new EnumMap<>(Provider.class);
    List<SigningSecret> hubspot = read(Provider.HUBSPOT, settings.hubspot(), store, missing);
    List<SigningSecret> stripe = read(Provider.STRIPE, settings.stripe(), store, missing);
    missing.forEach((provider, why) ->
        LOG.atWarn()
            .addKeyValue("tenant", tenant)
            .addKeyValue("provider", provider.label())
            .addKeyValue("cause", why)
            .log("ingest.unconnected"));
    return new Tenants.Secrets(hubspot, stripe, missing);
  }

  private static List<SigningSecret> read(
      Provider provider,
      ProviderSecrets settings,
      SecretStore store,
      Map<Provider, String> missing) {
    String kept = settings.secrets().kept();
    if (kept.isEmpty()) {
      return settings.secrets().active();
    }
    return switch (store.read(kept)) {
      case SecretRead.Missing none -> {
        missing.put(provider, "The secret " + kept + " cannot be read: " + none.why() + ".");
        yield List.of();
      }
      case SecretRead.Found found -> {
        List<SigningSecret> listed = SigningSecrets.listed(found.value());
        if (listed.isEmpty()) {
          missing.put(provider, "The secret " + kept + " is blank.");
        }
        if (listed.size() > SigningSecrets.ACTIVE_MAX) {
          throw new IllegalStateException(
              "expected at most %d signing secrets in %s, came %d; add a version with fewer"
                  .formatted(SigningSecrets.ACTIVE_MAX, kept, listed.size()));
        }
        yield listed;
      }
    };
  }
}
