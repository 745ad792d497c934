package dev.twofold.sync.tenant.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who is synced, and the ids of their accounts.
 *
 * @param tenants by tenant id; {@code main} is always among them
 */
@Validated
@ConfigurationProperties("twofold")
public record TenantSettings(
    @Size(max = 1000)
        Map<
                @Pattern(
                    regexp = TENANT,
                    message = "must be lower-case letters, digits and dashes, 2 to 40 of them")
                String,
                @Valid Accounts>
            tenants) {

  /** The tenant whose settings have the short names. */
  static final String MAIN_TENANT = "main";

  static final String TENANT = "[a-z][a-z0-9-]{0,38}[a-z0-9]";

  public TenantSettings {
    Map<String, Accounts> all = new TreeMap<>(tenants == null ? Map.of() : tenants);
    all.putIfAbsent(MAIN_TENANT, new Accounts(null));
    tenants = Map.copyOf(all);
  }

  @AssertTrue(message = "two tenants must not have one HubSpot portal id")
  boolean isEachPortalOfOneTenant() {
    List<String> portals =
        tenants.values().stream().flatMap(each -> each.hubspot().portal().stream()).toList();
    return portals.size() == portals.stream().distinct().count();
  }

  /** One tenant's accounts. */
  public record Accounts(@Valid HubSpotAccount hubspot) {

    // The binder passes null for what is not set; the component itself is never null.
    public Accounts(@Nullable HubSpotAccount hubspot) {
      this.hubspot = hubspot == null ? new HubSpotAccount(null, null) : hubspot;
    }
  }

  /**
   * A HubSpot account.
   *
   * @param appId the id of our app, by which notices of our own writes are known; blank if not set
   * @param portalId the id of the account, for deliveries that name no tenant; blank if not set
   */
  public record HubSpotAccount(
      @Pattern(regexp = "[0-9]{0,20}", message = "must be digits") String appId,
      @Pattern(regexp = "[0-9]{0,20}", message = "must be digits") String portalId) {

    public HubSpotAccount(@Nullable String appId, @Nullable String portalId) {
      this.appId = appId == null ? "" : appId.strip();
      this.portalId = portalId == null ? "" : portalId.strip();
    }

    Optional<String> app() {
      return appId.isEmpty() ? Optional.empty() : Optional.of(appId);
    }

    Optional<String> portal() {
      return portalId.isEmpty() ? Optional.empty() : Optional.of(portalId);
    }
  }
}
