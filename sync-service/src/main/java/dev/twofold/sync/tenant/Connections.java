package dev.twofold.sync.tenant;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Optional;

/** Answers for a tenant: its credentials and the ids of its accounts. */
public interface Connections {

  /** Every tenant named in the settings. */
  List<TenantId> tenants();

  /** The token for that side's API; empty where it is not set, or this process may not have it. */
  Optional<ApiToken> token(TenantId tenant, Side side);

  /** The id of our HubSpot app, by which notices of our own writes are known. */
  Optional<String> hubspotAppId(TenantId tenant);

  /** The tenant of a HubSpot account, for deliveries that name none. */
  Optional<TenantId> ofPortal(String portalId);

  /** The names of the settings that are missing before the tenant can be connected. */
  List<String> missing(TenantId tenant);
}
