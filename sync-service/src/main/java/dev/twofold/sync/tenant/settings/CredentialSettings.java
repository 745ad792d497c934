package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.ApiToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /** The tokens that are set or kept as secrets, and the secrets that could not be read. */
  Tokens tokens(Secrets secrets) {
    Map<String, Secrets.Read> read = secrets.read(named());
    Map<String, Map<Side, ApiToken>> set = new TreeMap<>();
    Map<String, Map<Side, String>> missing = new TreeMap<>();
    credentials.forEach((tenant, held) -> {
      set.put(tenant, new EnumMap<>(Side.class));
      missing.put(tenant, new EnumMap<>(Side.class));
      for (Side side : Side.values()) {
        Credential credential = held.of(side);
        if (credential.isNamed()) {
          switch (Objects.requireNonNull(read.get(credential.text()), credential.text())) {
            case Secrets.Read.Found found -> set.get(tenant).put(side, new ApiToken(found.value()));
            case Secrets.Read.Missing none -> missing.get(tenant).put(side, none.why());
          }
        } else if (!credential.text().isBlank()) {
          set.get(tenant).put(side, new ApiToken(credential.text()));
        }
      }
    });
    return new Tokens(set, missing);
  }

  private Set<String> named() {
    return credentials.values().stream()
        .flatMap(held -> Arrays.stream(Side.values()).map(held::of))
        .filter(Credential::isNamed)
        .map(Credential::text)
        .collect(Collectors.toCollection(TreeSet::new));
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
   */
  public record Credential(String text) {

    static final Credential UNSET = new Credential("");

    /** Never fails, because the binder prints a value that cannot be converted. */
    public static Credential of(String text) {
      return new Credential(text.strip());
    }

    boolean isNamed() {
      return text.startsWith(Secrets.NAMED);
    }

    @Override
    public String toString() {
      return text.isEmpty() ? "unset" : "set";
    }
  }
}
