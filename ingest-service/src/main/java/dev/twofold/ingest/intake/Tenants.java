package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.SigningSecret;
import java.util.List;
import java.util.Map;

/** The tenants this service takes webhooks for, and the secrets each of them is proven with. */
public final class Tenants {

  private final Map<String, Secrets> byId;

  public Tenants(Map<String, Secrets> byId) {
    this.byId = Map.copyOf(byId);
  }

  /** Where a tenant stands with a provider. */
  public Standing find(String tenant, Provider provider) {
    Secrets secrets = byId.get(tenant);
    if (secrets == null) {
      return new Standing.Unknown();
    }
    List<SigningSecret> active =
        switch (provider) {
          case HUBSPOT -> secrets.hubspot();
          case STRIPE -> secrets.stripe();
        };
    return active.isEmpty()
        ? new Standing.Unconnected(
            settingName(tenant, provider), secrets.missing().getOrDefault(provider, ""))
        : new Standing.Connected(active);
  }

  /** The name an operator knows the missing value by. */
  private static String settingName(String tenant, Provider provider) {
    if (!tenant.equals(IntakeSettings.MAIN_TENANT)) {
      return "twofold.tenants." + tenant + "." + provider.label() + ".secrets";
    }
    return switch (provider) {
      case HUBSPOT -> "HUBSPOT_CLIENT_SECRET";
      case STRIPE -> "STRIPE_WEBHOOK_SECRET";
    };
  }

  /**
   * One tenant's active secrets; a provider without any is not connected.
   *
   * @param missing by provider, which secret could not be read and why
   */
  public record Secrets(
      List<SigningSecret> hubspot, List<SigningSecret> stripe, Map<Provider, String> missing) {

    public Secrets {
      hubspot = List.copyOf(hubspot);
      stripe = List.copyOf(stripe);
      missing = Map.copyOf(missing);
    }

    public Secrets(List<SigningSecret> hubspot, List<SigningSecret> stripe) {
      this(hubspot, stripe, Map.of());
    }
  }

  /** Whether deliveries of a tenant can be proven. */
  public sealed interface Standing {

    /** No such tenant here. */
    record Unknown() implements Standing {}

    /**
     * A tenant of ours whose secret is missing; the setting is named, never its value.
     *
     * @param missingSecret the secret that the setting names and why it is missing, for our log
     *     only; blank where the setting names none
     */
    record Unconnected(String missingSetting, String missingSecret) implements Standing {}

    /** Ready to be proven against these secrets. */
    record Connected(List<SigningSecret> secrets) implements Standing {}
  }
}
