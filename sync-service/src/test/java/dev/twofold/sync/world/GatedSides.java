package dev.twofold.sync.world;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.StripeSide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two systems as one program reaches them. */
final class GatedSides {

  private GatedSides() {}

  /** Stripe. */
  record Stripe(StripeSide side, Gate gate) implements StripeSide {

    @Override
    public CallResult create(TenantId tenant, Write write) {
      return gate.provider("stripe.create", () -> side.create(tenant, write));
    }

    @Override
    public CallResult update(TenantId tenant, RecordId customer, Write write) {
      return gate.provider("stripe.update", () -> side.update(tenant, customer, write));
    }

    @Override
    public CallResult read(TenantId tenant, RecordId customer, List<String> shown) {
      return gate.provider("stripe.read", () -> side.read(tenant, customer, shown));
    }

    @Override
    public Page find(TenantId tenant, @Nullable String email, List<String> shown) {
      return gate.provider("stripe.find", () -> side.find(tenant, email, shown));
    }

    @Override
    public Page list(TenantId tenant, @Nullable String cursor, List<String> shown) {
      return gate.provider("stripe.list", () -> side.list(tenant, cursor, shown));
    }
  }

  /** HubSpot. */
  record HubSpot(HubSpotSide side, Gate gate) implements HubSpotSide {

    @Override
    public HubSpotSide of(String type) {
      return new HubSpot(side.of(type), gate);
    }

    @Override
    public BatchResult create(TenantId tenant, List<Row> rows, List<String> shown) {
      return gate.provider("hubspot.create", () -> side.create(tenant, rows, shown));
    }

    @Override
    public BatchResult update(TenantId tenant, List<Row> rows, List<String> shown) {
      return gate.provider("hubspot.update", () -> side.update(tenant, rows, shown));
    }

    @Override
    public BatchResult read(TenantId tenant, List<RecordId> contacts, List<String> shown) {
      return gate.provider("hubspot.read", () -> side.read(tenant, contacts, shown));
    }

    @Override
    public CallResult find(TenantId tenant, String email, List<String> shown) {
      return gate.provider("hubspot.find", () -> side.find(tenant, email, shown));
    }

    @Override
    public CallResult findMarked(TenantId tenant, String customer, List<String> shown) {
      return gate.provider("hubspot.find", () -> side.findMarked(tenant, customer, shown));
    }

    @Override
    public BatchResult send(TenantId tenant, List<PurchaseEvent> events) {
      return gate.provider("hubspot.send", () -> side.send(tenant, events));
    }

    @Override
    public Page list(TenantId tenant, @Nullable String cursor, List<String> shown) {
      return gate.provider("hubspot.list", () -> side.list(tenant, cursor, shown));
    }

    @Override
    public List<String> setUp(TenantId tenant) {
      return side.setUp(tenant);
    }
  }
}
