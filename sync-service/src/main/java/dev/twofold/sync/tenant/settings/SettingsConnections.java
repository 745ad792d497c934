package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.settings.TenantSettings.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the settings this process was started with. A process that holds no credentials
 * knows of none, and does not report them as missing: it would not need them.
 */
final class SettingsConnections implements Connections {

  private final TenantSettings tenants;
  private final @Nullable Tokens tokens;

  /**
   * Connections.
   *
   * @param tokens null in a process that may not have any
   */
  SettingsConnections(TenantSettings tenants, @Nullable Tokens tokens) {
    this.tenants = tenants;
    this.tokens = tokens;
    if (tokens != null) {
      for (String tenant : tokens.tenants()) {
        if (!tenants.tenants().containsKey(tenant)) {
          throw new IllegalArgumentException(
              "there are credentials for tenant '%s', which is no tenant; add twofold.tenants.%s"
                  .formatted(tenant, tenant));
        }
      }
    }
  }

  @Override
  public List<TenantId> tenants() {
    return tenants.tenants().keySet().stream().sorted().map(TenantId::new).toList();
  }

  @Override
  public Optional<ApiToken> token(TenantId tenant, Side side) {
    return tokens == null ? Optional.empty() : tokens.token(tenant.value(), side);
  }

  @Override
  public Optional<String> hubspotAppId(TenantId tenant) {
    return Optional.ofNullable(tenants.tenants().get(tenant.value()))
        .flatMap(accounts -> accounts.hubspot().app());
  }

  @Override
  public Optional<TenantId> ofPortal(String portalId) {
    return tenants.tenants().entrySet().stream()
        .filter(each -> each.getValue().hubspot().portal().equals(Optional.of(portalId)))
        .map(Map.Entry::getKey)
        .map(TenantId::new)
        .findFirst();
  }

  @Override
  public List<String> missing(TenantId tenant) {
    Accounts accounts = tenants.tenants().get(tenant.value());
    if (accounts == null) {
      return List.of("twofold.tenants." + tenant);
    }
    List<String> missing = new ArrayList<>();
    if (tokens != null) {
      for (Side side : Side.values()) {
        if (token(tenant, side).isEmpty()) {
          String setting =
              name(
                  tenant,
                  side == Side.HUBSPOT ? "HUBSPOT_ACCESS_TOKEN" : "STRIPE_API_KEY",
                  "twofold.credentials." + tenant + "." + side.label());
          missing.add(setting + tokens.why(tenant.value(), side));
        }
      }
    }
    if (accounts.hubspot().app().isEmpty()) {
      missing.add(name(tenant, "HUBSPOT_APP_ID", "twofold.tenants." + tenant + ".hubspot.app-id"));
    }
    return List.copyOf(missing);
  }

  private static String name(TenantId tenant, String shortName, String property) {
    return tenant.value().equals(TenantSettings.MAIN_TENANT) ? shortName : property;
  }
}
