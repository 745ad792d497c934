package dev.twofold.sync.world;

import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.Change;
import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.Versioned;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stores as one program reaches them. */
final class GatedStores {

  private GatedStores() {}

  /** The links. */
  record Links(LinkStore store, Gate gate) implements LinkStore {

    @Override
    public Map<DocumentKey, Versioned<Document>> load(
        TenantId tenant, Collection<DocumentKey> keys) {
      return gate.call("links.load", () -> store.load(tenant, keys));
    }

    @Override
    public boolean commit(TenantId tenant, List<Change> changes, List<HistoryEntry> history) {
      return gate.call(
          "links.commit", () -> !gate.losesRace() && store.commit(tenant, changes, history));
    }

    @Override
    public List<Versioned<OutboxRow>> dueRows(TenantId tenant, Instant now, int limit) {
      return gate.call("links.query", () -> store.dueRows(tenant, now, limit));
    }

    @Override
    public long rows(TenantId tenant) {
      return gate.call("links.query", () -> store.rows(tenant));
    }

    @Override
    public @Nullable Instant nextRowDueAt(TenantId tenant) {
      return gate.call("links.query", () -> Optional.ofNullable(store.nextRowDueAt(tenant)))
          .orElse(null);
    }

    @Override
    public List<LinkId> overdue(TenantId tenant, Instant before, int limit) {
      return gate.call("links.query", () -> store.overdue(tenant, before, limit));
    }

    @Override
    public List<LinkId> backlog(TenantId tenant, Backlog backlog, int limit) {
      return gate.call("links.query", () -> store.backlog(tenant, backlog, limit));
    }

    @Override
    public List<LinkId> mappedBefore(TenantId tenant, int version, int limit) {
      return gate.call("links.query", () -> store.mappedBefore(tenant, version, limit));
    }

    @Override
    public List<Purchase> waitingPurchases(TenantId tenant, Instant before, int limit) {
      return gate.call("links.query", () -> store.waitingPurchases(tenant, before, limit));
    }

    @Override
    public List<ParkedItem> parked(TenantId tenant, int limit) {
      return gate.call("links.query", () -> store.parked(tenant, limit));
    }

    @Override
    public List<HistoryEntry> history(TenantId tenant, LinkId link, int limit) {
      return gate.call("links.query", () -> store.history(tenant, link, limit));
    }

    @Override
    public void eraseHistory(TenantId tenant, LinkId link) {
      gate.call(
          "links.erase",
          () -> {
            store.eraseHistory(tenant, link);
            return true;
          });
    }
  }

  /** The tenants. */
  record Tenants(TenantStore store, Gate gate) implements TenantStore {

    @Override
    public List<TenantId> all() {
      return gate.call("tenants.load", store::all);
    }

    @Override
    public Optional<Tenant> load(TenantId tenant) {
      return gate.call("tenants.load", () -> store.load(tenant));
    }

    @Override
    public Tenant update(TenantId tenant, UnaryOperator<Tenant> change) {
      return gate.call("tenants.update", () -> store.update(tenant, change));
    }

    /** Read below a lock of the directory's map, where nobody may wait. */
    @Override
    public Mappings mappings(TenantId tenant, int version) {
      return store.mappings(tenant, version);
    }

    @Override
    public boolean store(TenantId tenant, Mappings mappings) {
      return gate.call("tenants.update", () -> store.store(tenant, mappings));
    }
  }
}
