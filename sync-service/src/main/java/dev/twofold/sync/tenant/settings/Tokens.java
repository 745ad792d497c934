package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ApiToken;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tenants' tokens as they were found at the start.
 *
 * @param set by tenant and side
 * @param missing by tenant and side, which secret was named and why it could not be read
 */
record Tokens(Map<String, Map<Side, ApiToken>> set, Map<String, Map<Side, String>> missing) {

  Tokens {
    set = new TreeMap<>(set);
    missing = new TreeMap<>(missing);
  }

  Set<String> tenants() {
    return set.keySet();
  }

  Optional<ApiToken> token(String tenant, Side side) {
    return Optional.ofNullable(set.getOrDefault(tenant, Map.of()).get(side));
  }

  /** What a person has to look at beside the setting; empty where it names no secret. */
  String why(String tenant, Side side) {
    String secret = missing.getOrDefault(tenant, Map.of()).get(side);
    return secret == null ? "" : " (" + secret + ")";
  }
}
