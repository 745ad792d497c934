package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.ApiToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The tenants' credentials. Bound in processes that write only, so that another never asks the
 * secret store for them.
 *
 * @param credentials by tenant id
 */
@Validated
@InRole(Role.WRITES)
@ConfigurationProperties("twofold")
public record CredentialSettings(
    Map<
            @Pattern(
                regexp = TenantSettings.TENANT,
                message = "must be lower-case letters, digits and dashes, 2 to 40 of them")
            String,
            @Valid Credentials>
        credentials) {

  public CredentialSettings {
    credentials = credentials == null ? Map.of() : Map.copyOf(credentials);
  }

  Optional<ApiToken> token(String tenant, Side side) {
    Credentials held = credentials.get(tenant);
    return held == null ? Optional.empty() : Optional.ofNullable(held.of(side).token());
  }

  /** One tenant's credentials. */
  public record Credentials(Credential hubspot, Credential stripe) {

    public Credentials(@Nullable Credential hubspot, @Nullable Credential stripe) {
      this.hubspot = hubspot == null ? Credential.UNSET : hubspot;
      this.stripe = stripe == null ? Credential.UNSET : stripe;
    }

    Credential of(Side side) {
      return side == Side.HUBSPOT ? hubspot : stripe;
    }
  }

  /** A token, or none. Prints as set or unset, never as itself. */
  public record Credential(@Nullable ApiToken token) {

    static final Credential UNSET = new Credential(null);

    /** Never fails, because the binder prints a value that cannot be converted. */
    public static Credential of(String text) {
      return text.isBlank() ? UNSET : new Credential(new ApiToken(text.strip()));
    }

    @Override
    public String toString() {
      return token == null ? "unset" : "set";
    }
  }
}
