package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a queue is doing.
 *
 * @param tasks tasks held, waiting or under way
 * @param oldestArrival when the oldest of them was due first; null when there is none
 * @param executedLastMinute attempts answered within the last sixty seconds
 * @param dispatchedLastSecond attempts begun within the last whole second
 * @param concurrent attempts under way
 * @param effectiveRate the rate in force after any slowdown, per second
 * @param tombstones names refused because a task had them recently
 */
public record QueueStats(
    int tasks,
    @Nullable Instant oldestArrival,
    long executedLastMinute,
    long dispatchedLastSecond,
    int concurrent,
    double effectiveRate,
    int tombstones,
    Totals totals) {

  /** Counts since the start; {@code lastAnswer} is null before the first answer. */
  public record Totals(
      long created,
      long dispatched,
      long succeeded,
      long failed,
      long exhausted,
      @Nullable Answer lastAnswer) {}
}
