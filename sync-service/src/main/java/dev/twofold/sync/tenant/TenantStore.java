package dev.twofold.sync.tenant;

import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps tenants and their mappings. May throw {@link dev.twofold.sync.failure.RetryableFailure}
 * when the store cannot be reached.
 */
public interface TenantStore {

  /** Every tenant that was ever stored. */
  List<TenantId> all();

  /** The tenant as it is now. */
  Optional<Tenant> load(TenantId tenant);

  /**
   * Changes the tenant by comparing and setting; the change may be computed more than once.
   *
   * @param change from the stored tenant (an unconnected one where none is stored) to the new one
   * @return the tenant as stored
   */
  Tenant update(TenantId tenant, UnaryOperator<Tenant> change);

  /** The mappings of that version; {@link Mappings#defaults()} where version 1 was never stored. */
  Mappings mappings(TenantId tenant, int version);

  /** Stores a new version of the mappings; false if that version is stored already. */
  boolean store(TenantId tenant, Mappings mappings);
}
