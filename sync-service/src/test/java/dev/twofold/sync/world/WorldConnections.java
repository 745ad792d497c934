package dev.twofold.sync.world;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one tenant's credentials, which a test may break and mend. */
final class WorldConnections implements Connections {

  private final Map<Side, String> tokens = new EnumMap<>(Side.class);

  WorldConnections() {
    mend();
  }

  void mend() {
    tokens.put(Side.HUBSPOT, "pat-local-twofold");
    tokens.put(Side.STRIPE, "sk_test_twofold_local");
  }

  void breakToken(Side side) {
    tokens.put(side, "expired");
  }

  @Override
  public List<TenantId> tenants() {
    return List.of(World.TENANT);
  }

  @Override
  public Optional<ApiToken> token(TenantId tenant, Side side) {
    return Optional.ofNullable(tokens.get(side)).map(ApiToken::new);
  }

  @Override
  public Optional<String> hubspotAppId(TenantId tenant) {
    return Optional.of("77001");
  }

  @Override
  public Optional<TenantId> ofPortal(String portalId) {
    return Optional.of(World.TENANT);
  }

  @Override
  public List<String> missing(TenantId tenant) {
    return List.of();
  }
}
