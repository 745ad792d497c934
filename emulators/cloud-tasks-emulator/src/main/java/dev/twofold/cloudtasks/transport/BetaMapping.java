package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2beta3.Queue;
import com.google.cloud.tasks.v2beta3.QueueStats;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.JsonFormat;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RequestRefused;
import dev.twofold.cloudtasks.engine.RequestRefused.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * v2beta3 by way of v2: both name their fields alike in JSON. What only v2beta3 has is added here,
 * or refused where the emulator does not have it, so that nothing is dropped without a word.
 */
final class BetaMapping {

  private static final Duration TASK_TTL_MIN = Duration.ofDays(10);
  private static final Duration TASK_TTL_MAX = Duration.ofDays(3650);
  private static final Duration TOMBSTONE_TTL_MIN = Duration.ofHours(1);
  private static final Duration TOMBSTONE_TTL_MAX = Duration.ofDays(9);

  private BetaMapping() {}

  /** Moves a message to its counterpart of the other version. */
  static <T extends Message.Builder> T convert(Message from, T to) {
    try {
      JsonFormat.parser().merge(JsonFormat.printer().print(from), to);
      return to;
    } catch (InvalidProtocolBufferException unknown) {
      throw new RequestRefused(
          Reason.UNIMPLEMENTED, "Not supported by this emulator: " + unknown.getMessage());
    }
  }

  static Queue queue(QueueSnapshot snapshot) {
    return convert(QueueMapping.toProto(snapshot), Queue.newBuilder())
        .setType(Queue.Type.PUSH)
        .setTaskTtl(Times.duration(snapshot.settings().taskTtl()))
        .setTombstoneTtl(Times.duration(snapshot.tombstone()))
        .build();
  }

  /** Only what the mask names; without a mask everything but the statistics. */
  static Queue masked(
      QueueSnapshot snapshot, dev.twofold.cloudtasks.engine.QueueStats stats, FieldMask mask) {
    if (mask.getPathsCount() == 0) {
      return queue(snapshot);
    }
    if (mask.getPathsList().stream().anyMatch(path -> !isField(path))) {
      throw new RequestRefused(
          Reason.INVALID_ARGUMENT, "Invalid read mask: " + FieldMaskUtil.toString(mask) + ".");
    }
    Queue full = queue(snapshot).toBuilder().setStats(statistics(stats)).build();
    Queue.Builder shown = Queue.newBuilder();
    FieldMaskUtil.merge(mask, full, shown);
    return shown.build();
  }

  static QueueSettings settings(Queue queue) {
    if (queue.hasAppEngineHttpQueue() || queue.hasHttpTarget()) {
      throw new RequestRefused(
          Reason.UNIMPLEMENTED,
          "App Engine queues and queue-level HTTP targets are not supported by this emulator.");
    }
    if (queue.getType() == Queue.Type.PULL) {
      throw new RequestRefused(
          Reason.UNIMPLEMENTED, "Pull queues are not supported by this emulator.");
    }
    Duration taskTtl = Times.duration(queue.getTaskTtl());
    Duration tombstoneTtl = Times.duration(queue.getTombstoneTtl());
    if (queue.hasTaskTtl() && !isWithin(taskTtl, TASK_TTL_MIN, TASK_TTL_MAX)) {
      throw new RequestRefused(
          Reason.INVALID_ARGUMENT, "Queue.taskTtl must be between [10d, 10y].");
    }
    if (queue.hasTombstoneTtl() && !isWithin(tombstoneTtl, TOMBSTONE_TTL_MIN, TOMBSTONE_TTL_MAX)) {
      throw new RequestRefused(
          Reason.INVALID_ARGUMENT, "Queue.tombstoneTtl must be between [1h, 9d].");
    }
    return QueueMapping.fromProto(stable(queue)).withTtls(taskTtl, tombstoneTtl);
  }

  /** As {@link #settings}, for a queue that exists. */
  static QueueSettings changed(QueueSnapshot before, Queue masked) {
    QueueSettings shared = QueueMapping.changed(before.settings(), stable(masked));
    Queue unchanged = queue(before);
    // The window shown may be the emulator's own; it becomes the queue's only when it was set.
    boolean windowSet = !masked.getTombstoneTtl().equals(unchanged.getTombstoneTtl());
    Queue checked = windowSet ? masked : masked.toBuilder().clearTombstoneTtl().build();
    QueueSettings own = settings(checked);
    return shared.withTtls(
        own.taskTtl(), windowSet ? own.tombstoneTtl() : before.settings().tombstoneTtl());
  }

  /** The part of a stored queue that v2 shares. */
  static QueueSettings stored(Queue queue) {
    return QueueMapping.fromProto(stable(queue));
  }

  private static com.google.cloud.tasks.v2.Queue stable(Queue queue) {
    Queue shared =
        queue.toBuilder()
            .clearType()
            .clearStats()
            .clearTaskTtl()
            .clearTombstoneTtl()
            .clearHttpTarget()
            .clearAppEngineHttpQueue()
            .build();
    return convert(shared, com.google.cloud.tasks.v2.Queue.newBuilder()).build();
  }

  private static QueueStats statistics(dev.twofold.cloudtasks.engine.QueueStats stats) {
    QueueStats.Builder proto =
        QueueStats.newBuilder()
            .setTasksCount(stats.tasks())
            .setExecutedLastMinuteCount(stats.executedLastMinute())
            .setConcurrentDispatchesCount(stats.concurrent())
            .setEffectiveExecutionRate(stats.effectiveRate());
    Instant oldest = stats.oldestArrival();
    if (oldest != null) {
      proto.setOldestEstimatedArrivalTime(Times.timestamp(oldest));
    }
    return proto.build();
  }

  private static boolean isField(String path) {
    return FieldMaskUtil.isValid(Queue.class, path);
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
