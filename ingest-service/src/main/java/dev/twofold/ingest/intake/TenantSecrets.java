package dev.twofold.ingest.intake;

import dev.twofold.ingest.intake.IntakeSettings.ProviderSecrets;
import dev.twofold.ingest.intake.IntakeSettings.SigningSecrets;
import dev.twofold.ingest.intake.SecretStore.SecretRead;
import dev.twofold.ingest.signature.SigningSecret;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a tenant's signing secrets: written out in its settings, or kept by a secret that they
 * name. One that is not there leaves the tenant unconnected to that provider, and says so once.
 */
final class TenantSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(TenantSecrets.class);

  private TenantSecrets() {}

  /** The secrets of all tenants, by tenant id; what is named is read from the store. */
  static Map<String, Tenants.Secrets> read(
      Map<String, IntakeSettings.TenantSettings> tenants, SecretStore store) {
    Set<String> names = new TreeSet<>();
    for (IntakeSettings.TenantSettings tenant : tenants.values()) {
      Stream.of(tenant.hubspot(), tenant.stripe())
          .map(provider -> provider.secrets().kept())
          .filter(kept -> !kept.isEmpty())
          .forEach(names::add);
    }
    Map<String, SecretRead> read = store.read(names);
    Map<String, Tenants.Secrets> secrets = new TreeMap<>();
    tenants.forEach((id, tenant) -> secrets.put(id, of(id, tenant, read)));
    return secrets;
  }

  private static Tenants.Secrets of(
      String tenant, IntakeSettings.TenantSettings settings, Map<String, SecretRead> read) {
    Map<Provider, String> missing = new EnumMap<>(Provider.class);
    List<SigningSecret> hubspot = of(Provider.HUBSPOT, settings.hubspot(), read, missing);
    List<SigningSecret> stripe = of(Provider.STRIPE, settings.stripe(), read, missing);
    missing.forEach((provider, why) ->
        LOG.atWarn()
            .addKeyValue("tenant", tenant)
            .addKeyValue("provider", provider.label())
            .addKeyValue("cause", why)
            .log("ingest.unconnected"));
    return new Tenants.Secrets(hubspot, stripe, missing);
  }

  private static List<SigningSecret> of(
      Provider provider,
      ProviderSecrets settings,
      Map<String, SecretRead> read,
      Map<Provider, String> missing) {
    String kept = settings.secrets().kept();
    if (kept.isEmpty()) {
      return settings.secrets().active();
    }
    return switch (Objects.requireNonNull(read.get(kept), kept)) {
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
