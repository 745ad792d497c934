package dev.twofold.sync.tenant;

import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tenant store in memory: it keeps the contract of {@link TenantStore} to the letter and may be
 * used from many threads.
 */
public final class InMemoryTenantStore implements TenantStore {

  private record Version(TenantId tenant, int number) {}

  private final Map<TenantId, Tenant> tenants = new HashMap<>();
  private final Map<Version, Mappings> mappings = new HashMap<>();

  @Override
  public synchronized List<TenantId> all() {
    return tenants.keySet().stream().sorted(Comparator.comparing(TenantId::value)).toList();
  }

  @Override
  public synchronized Optional<Tenant> load(TenantId tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  @Override
  public synchronized Tenant update(TenantId tenant, UnaryOperator<Tenant> change) {
    Tenant stored = tenants.get(tenant);
    Tenant changed =
        change.apply(stored == null ? Tenant.unconnected(tenant, "not connected yet") : stored);
    if (!changed.id().equals(tenant)) {
      throw new IllegalStateException("tenant " + tenant + " cannot become " + changed.id());
    }
    tenants.put(tenant, changed);
    return changed;
  }

  @Override
  public synchronized Mappings mappings(TenantId tenant, int version) {
    Mappings stored = mappings.get(new Version(tenant, version));
    if (stored != null) {
      return stored;
    }
    if (version == 1) {
      return Mappings.defaults();
    }
    throw new IllegalStateException(
        "tenant " + tenant + " has no mappings of version " + version + " stored");
  }

  @Override
  public synchronized boolean store(TenantId tenant, Mappings version) {
    return mappings.putIfAbsent(new Version(tenant, version.version()), version) == null;
  }
}
