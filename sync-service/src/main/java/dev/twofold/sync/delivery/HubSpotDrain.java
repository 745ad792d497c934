package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a task of a HubSpot queue: takes the most urgent rows of one kind, up to a hundred,
 * makes one call of them, records every answer. Rows are claimed in memory while they are worked
 * on; a drain that leaves some arms a successor before its call, and another when it has ended and
 * some are left or have been added meanwhile.
 */
public final class HubSpotDrain {

  private static final Logger LOG = LoggerFactory.getLogger(HubSpotDrain.class);

  private final Desk desk;
  private final PacedCalls calls;
  private final CallOutcomes outcomes;
  private final DrainBatches batches;
  private final DrainRecording recording;
  private final DrainWatch watch;
  private final DueRows due;
  private final ArmedDrains armed;
  private final Backfill backfill;

  /**
   * A drain.
   *
   * @param backfill hears of what has been drained
   * @param armedMax how many successors of one tenant may be unfinished at a time; its HubSpot
   *     limit
   */
  public HubSpotDrain(
      Desk desk, HubSpotSide hubspot, Pacers pacers, Backfill backfill, int armedMax) {
    this.desk = desk;
    this.calls = new PacedCalls(desk, pacers);
    this.outcomes = new CallOutcomes(desk, pacers);
    this.batches = new DrainBatches(desk, hubspot);
    this.recording = new DrainRecording(desk);
    this.watch = new DrainWatch(desk);
    this.armed = new ArmedDrains(armedMax);
    this.backfill = backfill;
    this.due = new DueRows(desk.parts().store(), desk.parts().clock());
  }

  /** For whatever is most urgent, as after a slot's end; makes at most one call. */
  public Redelivery drain(TenantId id) {
    return goOn(id, drain(id, () -> due.takeMostUrgent(id)));
  }

  /**
   * For a row that somebody waits for; makes at most one call.
   *
   * @param row the row's id
   */
  public Redelivery drainRow(TenantId id, String row) {
    return goOn(id, drain(id, () -> due.takeRow(id, row)));
  }

  /**
   * For what an earlier drain has left; makes at most one call.
   *
   * @param name under which it was armed
   */
  public Redelivery drainNext(TenantId id, String name) {
    Redelivery result = drain(id, () -> due.takeNext(id));
    if (result == Redelivery.DONE) {
      armed.remove(id, name);
    }
    return goOn(id, result);
  }

  /** What is left when a drain ends may have no other: when it began, enough were armed. */
  private Redelivery goOn(TenantId tenant, Redelivery result) {
    if (result == Redelivery.DONE && due.isLeft(tenant)) {
      arm(tenant, desk.parts().clock().instant());
    }
    return result;
  }

  private Redelivery drain(TenantId id, Supplier<DueRows.Taken> taking) {
    Tenant tenant = desk.tenant(id);
    if (!tenant.state().writes()) {
      return Redelivery.AGAIN_ALL;
    }
    DueRows.Taken taken = taking.get();
    if (taken.rows().isEmpty()) {
      return taken.elsewhere() ? Redelivery.AGAIN_ALONE : Redelivery.DONE;
    }
    try {
      armFor(id, taken.left());
      return drain(tenant, taken.rows());
    } finally {
      due.release(id, taken.rows());
    }
  }

  /** A drain that leaves more than one batch arms two successors, until the limit is used. */
  private void armFor(TenantId tenant, int left) {
    if (left > 0) {
      arm(tenant, desk.parts().clock().instant());
    }
    if (left > HubSpotSide.BATCH_MAX) {
      arm(tenant, desk.parts().clock().instant());
    }
  }

  private Redelivery drain(Tenant tenant, List<OutboxRow> rows) {
    DrainBatches.Batch batch = batches.begin(tenant, rows);
    List<DrainBatches.Item> items = batch.items();
    if (items.isEmpty()) {
      return Redelivery.DONE;
    }
    if (batch.leaves()) {
      arm(tenant.id(), desk.parts().clock().instant());
    }
    WorkKind kind = items.getFirst().kind();
    boolean people = rows.stream().anyMatch(row -> row.urgency() == 0);
    Lane lane = people ? Lane.EXPRESS : Lane.BULK;
    PacedCalls.Made<BatchResult> made =
        calls
            .make(
                tenant.id(),
                Side.HUBSPOT,
                lane,
                () -> watch.call(items, () -> batches.call(tenant, items)))
            .orElse(null);
    if (made == null) {
      return Redelivery.AGAIN_ALONE;
    }
    BatchResult result = made.result();
    watch.count(tenant.id(), items, result, made.begun());
    LOG.atInfo()
        .addKeyValue("event", "sync.delivered")
        .addKeyValue("tenant", tenant.id().value())
        .addKeyValue("side", "hubspot")
        .addKeyValue("call", kind)
        .addKeyValue("rows", items.size())
        .addKeyValue("outcome", outcome(result))
        .addKeyValue(
            "milliseconds",
            Duration.between(made.begun(), desk.parts().clock().instant()).toMillis())
        .log("sync.delivered");
    return switch (result) {
      case BatchResult.Rows each -> {
        recording.record(tenant, items, each.results());
        if (backfill.drained(tenant, done(each))) {
          arm(tenant.id(), desk.parts().clock().instant());
        }
        yield Redelivery.DONE;
      }
      case BatchResult.Whole whole -> whole(tenant, items, whole.result());
    };
  }

  private static int done(BatchResult.Rows rows) {
    return (int)
        rows.results().stream()
            .filter(row -> row instanceof CallResult.Shown || row instanceof CallResult.Accepted)
            .count();
  }

  private static String outcome(BatchResult result) {
    return switch (result) {
      case BatchResult.Rows rows -> "Rows";
      case BatchResult.Whole whole -> whole.result().getClass().getSimpleName();
    };
  }

  /** A call that failed as a whole: for all the same reason, or because of one row among them. */
  private Redelivery whole(Tenant tenant, List<DrainBatches.Item> items, CallResult result) {
    Optional<Redelivery> again = outcomes.redelivery(tenant.id(), Side.HUBSPOT, result);
    if (again.isPresent()) {
      return again.get();
    }
    if (items.size() == 1 || result instanceof CallResult.Unavailable) {
      recording.record(tenant, items, Collections.nCopies(items.size(), result));
      return Redelivery.DONE;
    }
    recording.halve(tenant, items, result);
    arm(tenant.id(), desk.parts().clock().instant());
    return Redelivery.DONE;
  }

  /** Arms a successor, unless enough of them are under way: an outage must not breed them. */
  void arm(TenantId tenant, Instant dueAt) {
    String name = Long.toHexString(desk.parts().random().nextLong());
    if (!armed.add(tenant, name, desk.parts().clock().instant())) {
      return;
    }
    try {
      desk.parts().dispatcher().create(WriteTask.nextDrain(tenant, name, dueAt));
    } catch (RuntimeException failure) {
      armed.remove(tenant, name);
      throw failure;
    }
  }
}
