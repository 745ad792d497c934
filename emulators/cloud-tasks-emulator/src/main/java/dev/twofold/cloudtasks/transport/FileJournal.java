package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.StateListener;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskProgress;
import dev.twofold.cloudtasks.engine.TaskSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Keeps an engine's state in one file that only grows, until it is mostly history and is written
 * anew. Every record is with the operating system before the caller gets its answer, so a killed
 * process loses nothing; a machine that loses power may. A record cut short at the end is dropped.
 */
public final class FileJournal implements StateListener, AutoCloseable {

  private static final long REWRITE_BYTES_MIN = 32L * 1024 * 1024;

  private final Path file;
  private final FileChannel lockChannel;
  private Consumer<StateListener> state = listener -> {};
  private FileChannel channel;
  private long length;
  private long rewriteAt = REWRITE_BYTES_MIN;

  private FileJournal(Path file, FileChannel lockChannel, FileChannel channel) {
    this.file = file;
    this.lockChannel = lockChannel;
    this.channel = channel;
  }

  /** Opens the file, or makes it; refuses one that another emulator is using. */
  public static FileJournal open(Path file) throws IOException {
    Path lockFile = sibling(file, ".lock");
    FileChannel lockChannel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockChannel)) {
      lockChannel.close();
      throw new IllegalStateException(
          file + " is in use by another emulator: stop it or give another --data file");
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new FileJournal(file, lockChannel, channel);
  }

  /** Reads what was kept. Call it once, before anything is written. */
  public RecoveredState recover() throws IOException {
    RecoveredState recovered = new RecoveredState();
    length = JournalRecords.readAll(channel, recovered);
    channel.truncate(length);
    channel.position(length);
    return recovered;
  }

  /** Says where the whole state comes from when the file is written anew, and does that now. */
  public void rewriteFrom(Consumer<StateListener> wholeState) {
    state = wholeState;
    rewrite();
  }

  @Override
  public void queueStored(QueueSnapshot queue) {
    append(JournalRecords.queue(queue));
  }

  @Override
  public void queueDeleted(QueueName queue) {
    append(JournalRecords.queueDeleted(queue));
  }

  @Override
  public void taskCreated(TaskSnapshot task) {
    append(JournalRecords.task(task));
  }

  @Override
  public void taskProgressed(TaskName task, TaskProgress progress) {
    append(JournalRecords.progress(task, progress));
  }

  @Override
  public void taskRemoved(TaskName task, Instant refusedUntil) {
    append(JournalRecords.removed(task, refusedUntil));
  }

  @Override
  public void everythingForgotten() {
    append(JournalRecords.forgotten());
  }

  @Override
  public void close() {
    try {
      channel.close();
      lockChannel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot close " + file, failed);
    }
  }

  private void append(ByteBuffer record) {
    // Before the record: the state may already hold what it says, and reading it twice is harmless.
    if (length > rewriteAt) {
      rewrite();
    }
    write(channel, record);
  }

  private void write(FileChannel to, ByteBuffer record) {
    int size = record.remaining();
    try {
      while (record.hasRemaining()) {
        to.write(record);
      }
      length += size;
    } catch (IOException failed) {
      cutBack(to, failed);
      throw new UncheckedIOException("cannot write " + file + ": is the disk full?", failed);
    }
  }

  // Half a record in the middle would hide everything behind it.
  private void cutBack(FileChannel to, IOException because) {
    try {
      to.truncate(length);
      to.position(length);
    } catch (IOException alsoFailed) {
      because.addSuppressed(alsoFailed);
    }
  }

  private void rewrite() {
    Path fresh = sibling(file, ".new");
    try {
      FileChannel next =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      length = 0;
      state.accept(new Writer(next));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      channel.close();
      channel = next;
      rewriteAt = Math.max(REWRITE_BYTES_MIN, length * 4);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + fresh, failed);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  private static Path sibling(Path file, String ending) {
    Path path = file.toAbsolutePath();
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** Writes the whole state into a new file, without looking at how long it gets. */
  private final class Writer implements StateListener {

    private final FileChannel to;

    Writer(FileChannel to) {
      this.to = to;
    }

    @Override
    public void queueStored(QueueSnapshot queue) {
      write(to, JournalRecords.queue(queue));
    }

    @Override
    public void queueDeleted(QueueName queue) {
      write(to, JournalRecords.queueDeleted(queue));
    }

    @Override
    public void taskCreated(TaskSnapshot task) {
      write(to, JournalRecords.task(task));
    }

    @Override
    public void taskProgressed(TaskName task, TaskProgress progress) {
      write(to, JournalRecords.progress(task, progress));
    }

    @Override
    public void taskRemoved(TaskName task, Instant refusedUntil) {
      write(to, JournalRecords.removed(task, refusedUntil));
    }

    @Override
    public void everythingForgotten() {
      write(to, JournalRecords.forgotten());
    }
  }
}
