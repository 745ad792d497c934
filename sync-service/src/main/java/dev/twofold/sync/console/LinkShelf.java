package dev.twofold.sync.console;

import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.mapping.MappingVersions;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the console's controllers find a tenant and its links. */
record LinkShelf(LinkStore links, TenantStore tenants, Connections connections) {

  /** A tenant's links, and its mappings. */
  record Shelf(LinkFinder finder, LinkViews views, Mappings mappings) {}

  /** The shelf of the tenant of that name; of the only one where no name is given. */
  Shelf of(@Nullable String name) {
    TenantId id = tenant(name);
    Tenant tenant =
        tenants.load(id).orElseGet(() -> Tenant.unconnected(id, "nobody has connected it yet"));
    MappingVersions versions = versions(tenant);
    LinkFinder finder = new LinkFinder(links, id);
    Planner planner = new Planner(versions.inForce(), tenant.matchesOnlyBefore());
    return new Shelf(finder, new LinkViews(finder, versions, planner), versions.inForce());
  }

  private MappingVersions versions(Tenant tenant) {
    Mappings inForce = tenants.mappings(tenant.id(), tenant.mappingVersion());
    return new MappingVersions() {
      @Override
      public Mappings inForce() {
        return inForce;
      }

      @Override
      public Mappings version(int version) {
        return tenants.mappings(tenant.id(), version);
      }
    };
  }

  private TenantId tenant(@Nullable String name) {
    List<TenantId> known = connections.tenants();
    if (name == null && known.size() == 1) {
      return known.getFirst();
    }
    return known.stream()
        .filter(tenant -> tenant.value().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.badRequest("unknown-tenant", "Choose with tenant= one of: " + known + ".")
                .thrown());
  }
}
