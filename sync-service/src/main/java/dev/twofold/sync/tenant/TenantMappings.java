package dev.twofold.sync.tenant;

import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Puts new versions of a tenant's mappings in force. A version is stored before it is named, so
 * whoever dies in between leaves the old one in force.
 */
public final class TenantMappings {

  /** How many versions that were stored and never named are passed over. */
  private static final int PASSED_OVER_MAX = 20;

  private final TenantStore store;

  public TenantMappings(TenantStore store) {
    this.store = store;
  }

  /** The mappings in force. */
  public Mappings inForce(TenantId tenant) {
    return store.mappings(tenant, version(tenant));
  }

  private int version(TenantId tenant) {
    return store.load(tenant).map(Tenant::mappingVersion).orElse(1);
  }

  /**
   * Puts these fields in force, for the same types of records.
   *
   * @param basedOn the version they were made from
   * @return the new version; empty where another one is in force by now, and nothing has changed
   * @throws dev.twofold.sync.mapping.MappingRefused where they could not work together
   */
  public Optional<Mappings> change(
      TenantId tenant, int basedOn, boolean matchByEmail, List<FieldMapping> fields) {
    if (version(tenant) != basedOn) {
      return Optional.empty();
    }
    Mappings before = store.mappings(tenant, basedOn);
    for (int version = basedOn + 1; version <= basedOn + PASSED_OVER_MAX; version++) {
      Mappings next =
          new Mappings(version, before.hubspotType(), before.stripeType(), matchByEmail, fields);
      if (store.store(tenant, next)) {
        Tenant changed =
            store.update(
                tenant,
                stored ->
                    stored.mappingVersion() == basedOn ? stored.mappedBy(next.version()) : stored);
        return changed.mappingVersion() == version ? Optional.of(next) : Optional.empty();
      }
    }
    throw new IllegalStateException(
        "tenant %s has more than %d versions of mappings after %d that are not in force"
            .formatted(tenant, PASSED_OVER_MAX, basedOn));
  }
}
