package dev.twofold.sync.tenant;

import dev.twofold.sync.record.TenantId;

/**
 * What an operator may have done with a tenant. Each command answers with the tenant as it stands
 * afterwards; one that the tenant's state does not allow changes nothing, and the state shows that.
 * May throw {@link dev.twofold.sync.failure.RetryableFailure} when the store cannot be reached.
 */
public interface TenantCommands {

  /** Begins to list both sides, so that what belongs together is found; then the tenant is live. */
  Tenant connect(TenantId tenant, ConnectMode mode);

  /** Stops the writing until it is resumed; changes are still taken in. */
  Tenant pause(TenantId tenant);

  /** Goes on writing after a pause, or after whatever broke has been mended. */
  Tenant resume(TenantId tenant);

  /** How much work is known and not done yet; an estimate that may be cut off at some bound. */
  long backlog(TenantId tenant);
}
