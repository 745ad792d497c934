package dev.twofold.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * What every supervised process shares: the guard against orphans, how restarts wait, how large a
 * log may grow, and who is told.
 *
 * @param guard ends the children of a launcher that was killed
 * @param policy when a dead process is started again
 * @param logBytesMax where a log file is rotated; twice that is kept
 * @param listener told of every start, death and stop, from any thread
 */
public record Workshop(
    OrphanGuard guard, RestartPolicy policy, long logBytesMax, Consumer<ProcessEvent> listener) {
  /** Ten megabytes a file, twice that a process. */
  public static final long LOG_BYTES_MAX = 10L * 1024 * 1024;

  /** With the standard restart policy and log bound. */
  public static Workshop standard(OrphanGuard guard, Consumer<ProcessEvent> listener) {
    return new Workshop(guard, RestartPolicy.STANDARD, LOG_BYTES_MAX, listener);
  }

  /** Starts a process, puts it on the guard's list and its output into its log. */
  Process start(Launch launch) throws IOException {
    Process process = launch.builder().start();
    try {
      guard.add(process.pid());
    } catch (IOException e) {
      listener.accept(new ProcessEvent.Unguarded(launch.name(), String.valueOf(e.getMessage())));
    }
    Thread.ofPlatform()
        .daemon()
        .name("log-" + launch.name())
        .start(() -> copyOutput(launch, process));
    return process;
  }

  /** Takes an ended process off the guard's list. */
  void ended(Launch launch, Process process) {
    try {
      guard.drop(process.pid());
    } catch (IOException e) {
      listener.accept(new ProcessEvent.Unguarded(launch.name(), String.valueOf(e.getMessage())));
    }
  }

  private void copyOutput(Launch launch, Process process) {
    try (CappedLog log = CappedLog.open(launch.log(), logBytesMax)) {
      log.copy(process.getInputStream());
    } catch (IOException | UncheckedIOException e) {
      listener.accept(new ProcessEvent.LogLost(launch.name(), String.valueOf(e.getMessage())));
      drain(process);
    }
  }

  /** A process whose output nobody reads stands still as soon as the pipe is full. */
  private static void drain(Process process) {
    try (InputStream output = process.getInputStream()) {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The process has ended, and its pipe with it.
      return;
    }
  }
}
