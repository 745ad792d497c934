package dev.twofold.sync.tenant;

import dev.twofold.sync.mapping.MappingVersions;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Tenants as last read, at most a stated time ago, so that not every notice costs a read. A changed
 * state is therefore followed within that time.
 */
public final class TenantDirectory {

  private final TenantStore store;
  private final Connections connections;
  private final InstantSource clock;
  private final Duration freshness;
  private final Map<TenantId, Read> tenants = new ConcurrentHashMap<>();
  private final Map<String, Mappings> mappings = new ConcurrentHashMap<>();

  public TenantDirectory(
      TenantStore store, Connections connections, InstantSource clock, Duration freshness) {
    this.store = store;
    this.connections = connections;
    this.clock = clock;
    this.freshness = freshness;
  }

  private record Read(Tenant tenant, Instant at) {}

  /** The tenant; empty where no setting and no document names it. */
  public Optional<Tenant> find(TenantId id) {
    Instant now = clock.instant();
    Read known = tenants.get(id);
    if (known != null && known.at().plus(freshness).isAfter(now)) {
      return Optional.of(known.tenant());
    }
    Optional<Tenant> stored = load(id);
    if (stored.isEmpty() && connections.tenants().contains(id)) {
      Tenant tenant = Tenant.unconnected(id, "nobody has connected it yet");
      note(tenant, now);
      return Optional.of(tenant);
    }
    return stored;
  }

  /** The tenant as it is stored now; empty where it never was. */
  public Optional<Tenant> load(TenantId id) {
    Instant begun = clock.instant();
    Optional<Tenant> stored = store.load(id);
    stored.ifPresent(tenant -> note(tenant, begun));
    return stored;
  }

  /** Changes the stored tenant, see {@link TenantStore#update}; the change is followed at once. */
  public Tenant update(TenantId id, UnaryOperator<Tenant> change) {
    Instant begun = clock.instant();
    Tenant stored = store.update(id, change);
    note(stored, begun);
    return stored;
  }

  /** An answer may be long on its way: it is as old as the question, and overrules no later one. */
  private void note(Tenant tenant, Instant begun) {
    tenants.merge(
        tenant.id(),
        new Read(tenant, begun),
        (known, read) -> read.at().isBefore(known.at()) ? known : read);
  }

  /** The mappings in force for the tenant. */
  public Mappings mappings(Tenant tenant) {
    return mappings(tenant.id(), tenant.mappingVersion());
  }

  /** The mappings in force for the tenant, and those before them. */
  public MappingVersions versions(Tenant tenant) {
    return new MappingVersions() {
      @Override
      public Mappings inForce() {
        return mappings(tenant);
      }

      @Override
      public Mappings version(int version) {
        return mappings(tenant.id(), version);
      }
    };
  }

  /** Versions are immutable, so they are read once. */
  private Mappings mappings(TenantId tenant, int version) {
    return mappings.computeIfAbsent(tenant + "/" + version, any -> store.mappings(tenant, version));
  }
}
