package dev.twofold.sync.delivery;

import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.watch.Traces;
import dev.twofold.sync.watch.Watch.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tells of a batch and of each of its rows: the batch is one call, each row a change of its own.
 */
final class DrainWatch {

  private final Desk desk;

  DrainWatch(Desk desk) {
    this.desk = desk;
  }

  /** Makes the call: of one row in that row's trace, of several linked with the trace of each. */
  BatchResult call(List<DrainBatches.Item> items, Supplier<BatchResult> call) {
    List<String> origins =
        items.stream().map(item -> item.row().trace()).filter(Objects::nonNull).toList();
    Traces.Piece batch = Traces.Piece.of("hubspot.call");
    Traces.Piece piece =
        items.size() == 1 && !origins.isEmpty()
            ? batch.after(origins.getFirst())
            : batch.linked(origins);
    return desk.traces()
        .within(
            piece,
            told -> {
              told.tell("kind", items.getFirst().kind().name());
              told.tell("rows", Integer.toString(items.size()));
              BatchResult result = call.get();
              told.tell("outcome", words(result));
              return result;
            });
  }

  /** Counts the rows, and continues the trace of each that went with others. */
  void count(TenantId tenant, List<DrainBatches.Item> items, BatchResult result, Instant begun) {
    Instant ended = desk.parts().clock().instant();
    List<CallResult> results = results(result, items.size());
    for (int row = 0; row < Math.min(items.size(), results.size()); row++) {
      DrainBatches.Item item = items.get(row);
      CallResult own = results.get(row);
      WriteOutcome outcome = outcome(result, own, items.size());
      desk.watch().called(tenant, Side.HUBSPOT, Journal.kind(item.kind()), outcome, 1);
      if (items.size() > 1 && item.row().trace() != null) {
        Traces.Piece piece = Traces.Piece.of("hubspot.row").after(item.row().trace());
        desk.traces().past(piece, begun, ended, own.getClass().getSimpleName());
      }
      Instant changedAt = item.changedAt();
      if (changedAt != null && !item.finds() && isVisible(own)) {
        Lane lane = item.row().urgency() == 0 ? Lane.EXPRESS : Lane.BULK;
        desk.watch().visible(tenant, Side.HUBSPOT, lane, Duration.between(changedAt, ended));
      }
    }
  }

  private static List<CallResult> results(BatchResult result, int rows) {
    return switch (result) {
      case BatchResult.Rows each -> each.results();
      case BatchResult.Whole whole -> Collections.nCopies(rows, whole.result());
    };
  }

  /** Rows that were refused together are tried again in halves. */
  private static WriteOutcome outcome(BatchResult result, CallResult own, int rows) {
    WriteOutcome outcome = CallOutcomes.outcome(own);
    boolean halved = result instanceof BatchResult.Whole && rows > 1;
    return halved && (outcome == WriteOutcome.PARKED || outcome == WriteOutcome.DONE)
        ? WriteOutcome.RETRY_ALONE
        : outcome;
  }

  private static boolean isVisible(CallResult result) {
    return result instanceof CallResult.Shown || result instanceof CallResult.Accepted;
  }

  private static String words(BatchResult result) {
    return switch (result) {
      case BatchResult.Rows _ -> "Rows";
      case BatchResult.Whole whole -> whole.result().getClass().getSimpleName();
    };
  }
}
