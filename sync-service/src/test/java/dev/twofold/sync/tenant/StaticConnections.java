package dev.twofold.sync.tenant;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections of tenants that are all whole, but for what a test says is missing. */
public final class StaticConnections implements Connections {

  private final Map<String, List<String>> missing = new TreeMap<>();

  public static StaticConnections of(String... tenants) {
    StaticConnections connections = new StaticConnections();
    for (String tenant : tenants) {
      connections.missing.put(tenant, List.of());
    }
    return connections;
  }

  public StaticConnections missing(String tenant, String... settings) {
    missing.put(tenant, List.of(settings));
    return this;
  }

  @Override
  public List<TenantId> tenants() {
    return missing.keySet().stream().map(TenantId::new).toList();
  }

  @Override
  public Optional<ApiToken> token(TenantId tenant, Side side) {
    return Optional.of(new ApiToken("token-of-" + tenant + "-" + side.label()));
  }

  @Override
  public Optional<String> hubspotAppId(TenantId tenant) {
    return Optional.of("77001");
  }

  @Override
  public Optional<TenantId> ofPortal(String portalId) {
    return Optional.empty();
  }

  @Override
  public List<String> missing(TenantId tenant) {
    return missing.getOrDefault(tenant.value(), List.of("twofold.tenants." + tenant));
  }
}
