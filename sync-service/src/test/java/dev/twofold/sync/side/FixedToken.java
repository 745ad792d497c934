package dev.twofold.sync.side;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import java.util.List;
import java.util.Optional;

/** Connections whose every token is the same, or which have none. */
public record FixedToken(Optional<ApiToken> token) implements Connections {

  public static FixedToken of(String secret) {
    return new FixedToken(Optional.of(new ApiToken(secret)));
  }

  public static FixedToken none() {
    return new FixedToken(Optional.empty());
  }

  @Override
  public List<TenantId> tenants() {
    return List.of(new TenantId("main"));
  }

  @Override
  public Optional<ApiToken> token(TenantId tenant, Side side) {
    return token;
  }

  @Override
  public Optional<String> hubspotAppId(TenantId tenant) {
    return Optional.empty();
  }

  @Override
  public Optional<TenantId> ofPortal(String portalId) {
    return Optional.empty();
  }

  @Override
  public List<String> missing(TenantId tenant) {
    return List.of();
  }
}
