package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2beta3.Queue;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Attempt;
import dev.twofold.cloudtasks.engine.NewTask;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RateLimits;
import dev.twofold.cloudtasks.engine.RunState;
import dev.twofold.cloudtasks.engine.StateListener;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskProgress;
import dev.twofold.cloudtasks.engine.TaskSnapshot;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The journal's records: kind, length, checksum, content. */
final class JournalRecords {

  private static final int HEADER_BYTES = 1 + 4 + 4;
  private static final int CONTENT_MAX = 4 * 1024 * 1024;

  private static final byte QUEUE = 1;
  private static final byte QUEUE_DELETED = 2;
  private static final byte TASK = 3;
  private static final byte PROGRESS = 4;
  private static final byte REMOVED = 5;
  private static final byte FORGOTTEN = 6;

  /** Writes the content of a record. */
  @FunctionalInterface
  private interface Content {
    void writeTo(DataOutputStream output) throws IOException;
  }

  private JournalRecords() {}

  static ByteBuffer queue(QueueSnapshot queue) {
    // What is in force is shown, what was set is kept: the rule may give another burst tomorrow.
    QueueSettings settings = queue.settings();
    Queue.Builder proto =
        BetaMapping.queue(queue).toBuilder()
            .setTombstoneTtl(Times.duration(settings.tombstoneTtl()));
    proto.getRateLimitsBuilder().setMaxBurstSize(settings.rateLimits().maxBurstSize());
    byte[] bytes = proto.build().toByteArray();
    return record(QUEUE, output -> output.write(bytes));
  }

  static ByteBuffer queueDeleted(QueueName queue) {
    return record(QUEUE_DELETED, output -> output.writeUTF(queue.path()));
  }

  static ByteBuffer task(TaskSnapshot task) {
    byte[] bytes = TaskMapping.toProto(task, Task.View.FULL).toByteArray();
    return record(TASK, output -> output.write(bytes));
  }

  static ByteBuffer progress(TaskName task, TaskProgress progress) {
    return record(
        PROGRESS,
        output -> {
          output.writeUTF(task.path());
          write(output, progress.scheduleTime());
          output.writeInt(progress.dispatchCount());
          output.writeInt(progress.responseCount());
          output.writeInt(progress.executionCount());
          write(output, progress.firstDispatchAt());
          write(output, progress.lastAttempt());
        });
  }

  static ByteBuffer removed(TaskName task, Instant refusedUntil) {
    return record(
        REMOVED,
        output -> {
          output.writeUTF(task.path());
          write(output, refusedUntil);
        });
  }

  static ByteBuffer forgotten() {
    return record(FORGOTTEN, output -> {});
  }

  /** Tells the listener of every whole record and gives the length of the file up to there. */
  static long readAll(FileChannel channel, StateListener listener) throws IOException {
    channel.position(0);
    DataInputStream input =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    long end = channel.size();
    long length = 0;
    while (end - length >= HEADER_BYTES) {
      byte kind = input.readByte();
      int size = input.readInt();
      int checksum = input.readInt();
      if (size < 0 || size > CONTENT_MAX || end - length - HEADER_BYTES < size) {
        return length;
      }
      byte[] content = input.readNBytes(size);
      if (checksum(kind, content) != checksum) {
        return length;
      }
      tell(listener, kind, content);
      length += HEADER_BYTES + size;
    }
    return length;
  }

  private static void tell(StateListener listener, byte kind, byte[] content) throws IOException {
    DataInputStream input = new DataInputStream(new ByteArrayInputStream(content));
    switch (kind) {
      case QUEUE -> listener.queueStored(queue(content));
      case QUEUE_DELETED -> listener.queueDeleted(QueueName.parse(input.readUTF()));
      case TASK -> listener.taskCreated(task(content));
      case PROGRESS -> listener.taskProgressed(TaskName.parse(input.readUTF()), progress(input));
      case REMOVED -> listener.taskRemoved(TaskName.parse(input.readUTF()), needed(input));
      case FORGOTTEN -> listener.everythingForgotten();
      default -> throw new IOException("a newer emulator wrote this file: record kind " + kind);
    }
  }

  private static QueueSnapshot queue(byte[] content) throws InvalidProtocolBufferException {
    Queue queue = Queue.parseFrom(content);
    QueueSettings shared = BetaMapping.stored(queue);
    RateLimits limits = shared.rateLimits();
    QueueSettings settings =
        new QueueSettings(
            new RateLimits(
                limits.maxDispatchesPerSecond(),
                limits.maxConcurrentDispatches(),
                queue.getRateLimits().getMaxBurstSize()),
            shared.retryPolicy(),
            Times.duration(queue.getTaskTtl()),
            Times.duration(queue.getTombstoneTtl()),
            shared.loggingRatio());
    return new QueueSnapshot(
        QueueName.parse(queue.getName()),
        settings,
        0,
        Duration.ZERO,
        RunState.valueOf(queue.getState().name()),
        queue.hasPurgeTime() ? Times.instant(queue.getPurgeTime()) : null);
  }

  private static TaskSnapshot task(byte[] content) throws InvalidProtocolBufferException {
    Task task = Task.parseFrom(content);
    TaskName name = TaskName.parse(task.getName());
    NewTask asked = TaskMapping.fromProto(name.queue(), task);
    Instant scheduleTime = Times.instant(task.getScheduleTime());
    return new TaskSnapshot(
        name,
        asked.call(),
        Times.instant(task.getCreateTime()),
        asked.dispatchDeadline(),
        new TaskProgress(scheduleTime, 0, 0, 0, null, null));
  }

  private static TaskProgress progress(DataInputStream input) throws IOException {
    return new TaskProgress(
        needed(input),
        input.readInt(),
        input.readInt(),
        input.readInt(),
        instant(input),
        attempt(input));
  }

  private static void write(DataOutputStream output, @Nullable Instant instant) throws IOException {
    output.writeBoolean(instant != null);
    if (instant != null) {
      output.writeLong(instant.getEpochSecond());
      output.writeInt(instant.getNano());
    }
  }

  private static @Nullable Instant instant(DataInputStream input) throws IOException {
    return input.readBoolean() ? Instant.ofEpochSecond(input.readLong(), input.readInt()) : null;
  }

  private static Instant needed(DataInputStream input) throws IOException {
    Instant instant = instant(input);
    if (instant == null) {
      throw new IOException("a record lacks its time");
    }
    return instant;
  }

  private static void write(DataOutputStream output, @Nullable Attempt attempt) throws IOException {
    output.writeBoolean(attempt != null);
    if (attempt != null) {
      write(output, attempt.scheduleTime());
      write(output, attempt.dispatchTime());
      write(output, attempt.responseTime());
      switch (attempt.answer()) {
        case null -> output.writeInt(-3);
        case Answer.TimedOut _ -> output.writeInt(-1);
        case Answer.NoResponse gone -> {
          output.writeInt(-2);
          output.writeUTF(gone.cause().substring(0, Math.min(200, gone.cause().length())));
        }
        case Answer.Status status -> output.writeInt(status.code());
      }
    }
  }

  private static @Nullable Attempt attempt(DataInputStream input) throws IOException {
    if (!input.readBoolean()) {
      return null;
    }
    Instant scheduleTime = needed(input);
    Instant dispatchTime = needed(input);
    Instant responseTime = instant(input);
    int code = input.readInt();
    Answer answer =
        switch (code) {
          case -1 -> new Answer.TimedOut();
          case -2 -> new Answer.NoResponse(input.readUTF());
          case -3 -> null;
          default -> Answer.status(code);
        };
    return new Attempt(scheduleTime, dispatchTime, responseTime, answer);
  }

  private static ByteBuffer record(byte kind, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      content.writeTo(output);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot be written", impossible);
    }
    byte[] written = bytes.toByteArray();
    return ByteBuffer.allocate(HEADER_BYTES + written.length)
        .put(kind)
        .putInt(written.length)
        .putInt(checksum(kind, written))
        .put(written)
        .flip();
  }

  private static int checksum(byte kind, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(kind);
    checksum.update(content);
    return (int) checksum.getValue();
  }
}
