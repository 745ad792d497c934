package dev.twofold.sync.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in.
 *
 * @param guard what checks the caller
 * @param issuer who signs the callers' tokens; with guard {@code token} only
 * @param audience what the tokens must be made out to: this service's address
 * @param jwksUrl where the issuer's keys are; blank to ask the issuer's discovery document
 * @param notices accounts, by e-mail, that may post notices: the push subscription's
 * @param writes accounts that may post tasks: the queues'
 * @param operators accounts that may use everything else
 */
@Validated
@ConfigurationProperties("twofold.access")
public record AccessSettings(
    @NotNull @DefaultValue("loopback") Guard guard,
    @Pattern(regexp = ADDRESS, message = ADDRESS_WORDS) String issuer,
    String audience,
    @Pattern(regexp = ADDRESS, message = ADDRESS_WORDS) String jwksUrl,
    @Size(max = 100) Set<@Pattern(regexp = ACCOUNT, message = ACCOUNT_WORDS) String> notices,
    @Size(max = 100) Set<@Pattern(regexp = ACCOUNT, message = ACCOUNT_WORDS) String> writes,
    @Size(max = 100) Set<@Pattern(regexp = ACCOUNT, message = ACCOUNT_WORDS) String> operators) {

  static final String ADDRESS =
      "|https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?(/[^\\s?#]*)?";
  static final String ADDRESS_WORDS = "must begin with https:// (http:// on loopback only)";
  static final String ACCOUNT = "[^\\s@]{1,64}@[^\\s@]{1,255}";
  static final String ACCOUNT_WORDS = "must be the e-mail of an account";

  // The binder passes null for what is not set; the components themselves are never null.
  public AccessSettings {
    issuer = issuer == null ? "" : issuer.strip();
    audience = audience == null ? "" : audience.strip();
    jwksUrl = jwksUrl == null ? "" : jwksUrl.strip();
    notices = accounts(notices);
    writes = accounts(writes);
    operators = accounts(operators);
  }

  private static Set<String> accounts(@Nullable Set<String> named) {
    return named == null ? Set.of() : Set.copyOf(named);
  }

  @AssertTrue(
      message =
          "guard token needs issuer, audience and at least one account (ACCESS_ISSUER,"
              + " ACCESS_AUDIENCE, ACCESS_NOTICES, ACCESS_WRITES, ACCESS_OPERATORS)")
  boolean isTokenGuardWhole() {
    boolean named = !notices.isEmpty() || !writes.isEmpty() || !operators.isEmpty();
    return guard != Guard.TOKEN || (!issuer.isEmpty() && !audience.isEmpty() && named);
  }

  /** Half a configuration must not look like a check that is on. */
  @AssertTrue(message = "issuer and audience go with guard token only: set ACCESS_GUARD=token")
  boolean isNothingSetInVain() {
    return guard == Guard.TOKEN || (issuer.isEmpty() && audience.isEmpty());
  }

  /** Whether keys may be fetched from there: over TLS, or from this machine. */
  static boolean isTrustworthy(String address) {
    return !address.isEmpty() && address.matches(ADDRESS) && URI.create(address).getHost() != null;
  }

  /** The accounts that may call that path. */
  List<String> accountsFor(String path) {
    if (path.equals("/notices")) {
      return List.copyOf(notices);
    }
    return List.copyOf(path.startsWith("/writes/") ? writes : operators);
  }
}
