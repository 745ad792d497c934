package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a queue has done: totals since the start, and the last minute. */
final class QueueMeter {

  private final RateMeter dispatches = new RateMeter();
  private final RateMeter executions = new RateMeter();
  private long created;
  private long dispatched;
  private long succeeded;
  private long failed;
  private long exhausted;
  private @Nullable Answer lastAnswer;

  void created() {
    created++;
  }

  void dispatched(Instant now) {
    dispatches.count(now);
    dispatched++;
  }

  void answered(Answer answer, boolean givenUp, Instant now) {
    executions.count(now);
    lastAnswer = answer;
    if (answer.isSuccess()) {
      succeeded++;
    } else {
      failed++;
    }
    exhausted += givenUp ? 1 : 0;
  }

  long executedLastMinute(Instant now) {
    return executions.lastMinute(now);
  }

  long dispatchedLastSecond(Instant now) {
    return dispatches.lastSecond(now);
  }

  QueueStats.Totals totals() {
    return new QueueStats.Totals(created, dispatched, succeeded, failed, exhausted, lastAnswer);
  }
}
