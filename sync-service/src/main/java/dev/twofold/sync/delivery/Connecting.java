package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantCommands;
import dev.twofold.sync.tenant.TenantState;
import java.time.Instant;
import java.util.List;

/** Connects, pauses and resumes tenants. */
public final class Connecting implements TenantCommands {

  private static final int COUNTED_MAX = 1_000;

  private final Desk desk;

  public Connecting(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Tenant connect(TenantId id, ConnectMode mode) {
    List<String> missing = desk.parts().connections().missing(id);
    if (!missing.isEmpty()) {
      String reason = "these settings are missing: " + String.join(", ", missing);
      return desk.parts()
          .tenants()
          .update(id, tenant -> tenant.in(TenantState.UNCONNECTED, reason, null));
    }
    Instant now = desk.parts().clock().instant();
    Tenant tenant =
        desk.parts()
            .tenants()
            .update(
                id,
                current ->
                    current.state() == TenantState.INDEXING
                        ? current
                        : current.connecting(mode, now));
    desk.parts().dispatcher().resume(id);
    startListing(tenant, now);
    return tenant;
  }

  private void startListing(Tenant tenant, Instant now) {
    for (Side side : Side.values()) {
      if (!tenant.indexing(side).complete()) {
        desk.parts()
            .dispatcher()
            .create(
                WriteTask.index(
                    tenant.id(), side, tenant.run(), tenant.indexing(side).page(), now));
      }
    }
  }

  @Override
  public Tenant pause(TenantId id) {
    Tenant paused =
        desk.parts()
            .tenants()
            .update(
                id,
                tenant ->
                    tenant.state() == TenantState.LIVE || tenant.state() == TenantState.INDEXING
                        ? tenant.in(TenantState.PAUSED, "paused by an operator", null)
                        : tenant);
    if (paused.state() == TenantState.PAUSED) {
      desk.parts().dispatcher().pause(id);
    }
    return paused;
  }

  @Override
  public Tenant resume(TenantId id) {
    Instant now = desk.parts().clock().instant();
    Tenant resumed = desk.parts().tenants().update(id, Connecting::goingOn);
    if (resumed.state() == TenantState.LIVE || resumed.state() == TenantState.INDEXING) {
      desk.parts().dispatcher().resume(id);
    }
    if (resumed.state() == TenantState.INDEXING) {
      startListing(resumed, now);
    }
    return resumed;
  }

  private static Tenant goingOn(Tenant tenant) {
    boolean stopped = tenant.state() == TenantState.PAUSED || tenant.state() == TenantState.BROKEN;
    if (!stopped) {
      return tenant;
    }
    boolean listed =
        tenant.indexing(Side.HUBSPOT).complete() && tenant.indexing(Side.STRIPE).complete();
    return tenant.in(listed ? TenantState.LIVE : TenantState.INDEXING, null, null);
  }

  @Override
  public long backlog(TenantId id) {
    long count = 0;
    for (Backlog backlog : Backlog.values()) {
      count += desk.parts().store().backlog(id, backlog, COUNTED_MAX).size();
    }
    Instant far = desk.parts().clock().instant().plusSeconds(86_400);
    count += desk.parts().store().rows(id);
    return count + desk.parts().store().overdue(id, far, COUNTED_MAX).size();
  }
}
