package dev.twofold.sync.role;

import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The roles of this process.
 *
 * @param roles at least one of {@code notices} and {@code writes}
 */
@Validated
@ConfigurationProperties("twofold")
public record RoleSettings(
    @NotEmpty(message = "name at least one of notices, writes (ROLES)")
        @DefaultValue({"notices", "writes"})
        Set<Role> roles) {

  static final String ROLES = "twofold.roles";

  public RoleSettings {
    roles = Set.copyOf(roles);
  }
}
