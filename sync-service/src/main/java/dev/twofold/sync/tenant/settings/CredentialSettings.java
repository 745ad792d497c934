package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.ApiToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
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

  /**
   * The tokens by tenant and side, those that are set.
   *
   * @param secrets a secret by its name, null where it does not exist
   */
  Map<String, Map<Side, ApiToken>> tokens(Function<String, @Nullable String> secrets) {
    Map<String, Map<Side, ApiToken>> tokens = new TreeMap<>();
    credentials.forEach((tenant, held) -> {
      Map<Side, ApiToken> set = new EnumMap<>(Side.class);
      for (Side side : Side.values()) {
        held.of(side).token(secrets).ifPresent(token -> set.put(side, token));
      }
      tokens.put(tenant, set);
    });
    return tokens;
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

  /**
   * A token, the name of a secret that holds one ({@code sm@name}), or neither. Prints as set or
   * unset, never as itself.
   *
   * <p>Names are looked up in the environment and not written as placeholders: Spring Boot would
   * put a placeholder's value in by its {@code toString()}, which for Secret Manager's is no secret
   * at all, and would keep the placeholder itself where the secret does not exist.
   */
  public record Credential(String text) {

    static final Credential UNSET = new Credential("");

    private static final String SECRET = "sm@";

    /** Never fails, because the binder prints a value that cannot be converted. */
    public static Credential of(String text) {
      return new Credential(text.strip());
    }

    Optional<ApiToken> token(Function<String, @Nullable String> secrets) {
      String secret = text.startsWith(SECRET) ? secrets.apply(text) : text;
      return secret == null || secret.isBlank()
          ? Optional.empty()
          : Optional.of(new ApiToken(secret.strip()));
    }

    @Override
    public String toString() {
      return text.isEmpty() ? "unset" : "set";
    }
  }
}
