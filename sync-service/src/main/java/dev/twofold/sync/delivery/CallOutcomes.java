package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.watch.Watch.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a task whose call did not get as far as the record: the one place where limits,
 * outages and lost rights are turned into redeliveries.
 */
final class CallOutcomes {

  private static final Logger LOG = LoggerFactory.getLogger(CallOutcomes.class);

  private final Desk desk;
  private final Pacers pacers;

  CallOutcomes(Desk desk, Pacers pacers) {
    this.desk = desk;
    this.pacers = pacers;
  }

  /** How the task goes on; empty where the result is about the record and is to be recorded. */
  Optional<Redelivery> redelivery(TenantId tenant, Side side, CallResult result) {
    return switch (result) {
      case CallResult.Unknown unknown -> {
        LOG.info("{} for {}: outcome unknown: {}", side.label(), tenant, unknown.words());
        yield Optional.of(Redelivery.AGAIN_ALONE);
      }
      case CallResult.Locked locked -> Optional.of(Redelivery.AGAIN_ALONE);
      case CallResult.Limited limited -> {
        Pacer pacer = pacers.of(tenant, side);
        Duration after = limited.after();
        if (after == null) {
          pacer.lowered(limited.scope());
        } else {
          pacer.lowered(limited.scope(), after);
        }
        LOG.atWarn()
            .addKeyValue("event", "sync.limited")
            .addKeyValue("tenant", tenant.value())
            .addKeyValue("side", side.label())
            .addKeyValue("scope", limited.scope())
            .addKeyValue("limit", pacer.limit())
            .log("sync.limited");
        desk.watch().limited(tenant, side, limited.scope(), pacer);
        yield Optional.of(Redelivery.AGAIN_ALL_SLOWER);
      }
      case CallResult.Down down -> {
        LOG.warn("{} is down for {}: {}", side.label(), tenant, down.words());
        yield Optional.of(Redelivery.AGAIN_ALL);
      }
      case CallResult.Denied denied -> {
        stop(tenant, side, denied.words());
        yield Optional.of(Redelivery.AGAIN_ALL);
      }
      case CallResult.Unavailable unavailable -> {
        LOG.warn("{} of {} lacks a feature: {}", side.label(), tenant, unavailable.words());
        yield Optional.empty();
      }
      case CallResult.Shown shown -> Optional.empty();
      case CallResult.Accepted accepted -> Optional.empty();
      case CallResult.Gone gone -> Optional.empty();
      case CallResult.Refused refused -> Optional.empty();
      case CallResult.Exists exists -> Optional.empty();
      case CallResult.FailedBefore failed -> Optional.empty();
    };
  }

  /** The same in the words of the figures. */
  static WriteOutcome outcome(CallResult result) {
    return switch (result) {
      case CallResult.Unknown _, CallResult.Locked _, CallResult.FailedBefore _ ->
          WriteOutcome.RETRY_ALONE;
      case CallResult.Limited _, CallResult.Down _ -> WriteOutcome.RETRY_ALL;
      case CallResult.Unavailable _ -> WriteOutcome.DONE;
      case CallResult.Denied _ -> WriteOutcome.BROKEN;
      case CallResult.Refused _ -> WriteOutcome.PARKED;
      case CallResult.Shown _, CallResult.Accepted _, CallResult.Gone _, CallResult.Exists _ ->
          WriteOutcome.DONE;
    };
  }

  /** A credential no longer works: nothing is called until a person has mended it. */
  private void stop(TenantId tenant, Side side, String words) {
    LOG.error("{} refuses the credential of {}: {}", side.label(), tenant, words);
    Tenant broken =
        desk.parts()
            .tenants()
            .update(
                tenant,
                stored ->
                    stored.state() == TenantState.LIVE || stored.state() == TenantState.INDEXING
                        ? stored.in(TenantState.BROKEN, words, side)
                        : stored);
    desk.watch()
        .connection(
            tenant, side, broken.state() == TenantState.BROKEN && broken.brokenSide() == side);
    TaskDispatcher dispatcher = desk.parts().dispatcher();
    dispatcher.pause(tenant);
  }
}
