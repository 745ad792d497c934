package dev.twofold.sync.delivery;

import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;

/** The pacer of each account: one in this process, whatever asks for it. */
public interface Pacers {

  /** The pacer for that side's account of the tenant. */
  Pacer of(TenantId tenant, Side side);
}
