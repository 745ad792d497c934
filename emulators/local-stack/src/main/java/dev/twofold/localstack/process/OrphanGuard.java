package dev.twofold.localstack.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends the launcher's children when the launcher itself was killed with SIGKILL and could not do
 * it. A small shell holds the list and reads a pipe whose only writer is the launcher: the pipe
 * ends with the launcher, however it ends, on Linux and macOS alike. A process that ended is taken
 * off the list at once, so that a reused id is not hit.
 */
public final class OrphanGuard implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      pids=' '
      while read -r verb pid; do
        case "$verb" in
          add) pids="$pids$pid " ;;
          drop) pids="${pids%% $pid *} ${pids#* $pid }" ;;
          done) exit 0 ;;
        esac
      done
      for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
      for second in 1 2 3 4 5; do
        alive=
        for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive=1; done
        [ -z "$alive" ] && exit 0
        sleep 1
      done
      for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
      """;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Long> guarded = new LinkedHashSet<>();
  private @Nullable Process shell;
  private @Nullable Writer pipe;
  private boolean closed;

  /** Starts the shell; refuses where there is none. */
  public static OrphanGuard start() throws IOException {
    OrphanGuard guard = new OrphanGuard();
    guard.open();
    return guard;
  }

  /** Puts a process on the list. */
  void add(long pid) throws IOException {
    lock.lock();
    try {
      guarded.add(pid);
      tell("add " + pid);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a process off the list. */
  void drop(long pid) throws IOException {
    lock.lock();
    try {
      if (guarded.remove(pid)) {
        tell("drop " + pid);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The guarding shell's own process id. */
  public long pid() {
    lock.lock();
    try {
      return shell == null ? -1 : shell.pid();
    } finally {
      lock.unlock();
    }
  }

  private void tell(String line) throws IOException {
    if (closed) {
      return;
    }
    if (shell == null || !shell.isAlive()) {
      // Somebody killed the guard: a new one learns the whole list, this change included.
      open();
      return;
    }
    write(line);
  }

  private void open() throws IOException {
    Process started =
        new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    shell = started;
    pipe = started.outputWriter(StandardCharsets.US_ASCII);
    for (long pid : guarded) {
      write("add " + pid);
    }
  }

  private void write(String line) throws IOException {
    Writer to = pipe;
    if (to == null) {
      throw new IllegalStateException("The guard was told '" + line + "' before it was started");
    }
    to.write(line + "\n");
    to.flush();
  }

  /** Ends the pipe as the kernel does when the launcher dies. */
  void breakPipe() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (pipe != null) {
        pipe.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the shell go without touching any process. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed && shell != null && shell.isAlive()) {
        write("done 0");
      }
      closed = true;
      if (pipe != null) {
        pipe.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
