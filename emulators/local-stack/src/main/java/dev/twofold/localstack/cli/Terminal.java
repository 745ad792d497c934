package dev.twofold.localstack.cli;

import dev.twofold.localstack.process.ProcessEvent;
import dev.twofold.localstack.stack.StackListener;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a person sees: notes that stay, and below them one live line that is drawn over. Where the
 * output is not a terminal there are only notes.
 */
final class Terminal implements StackListener {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final int columns;
  private final boolean plain;
  private final ReentrantLock lock = new ReentrantLock();
  private String live = "";

  /** Cuts the live line at the width, since a wrapped line cannot be drawn over. */
  Terminal(PrintStream out, int columns, boolean plain) {
    this.out = out;
    this.columns = columns;
    this.plain = plain;
  }

  @Override
  public void note(String line) {
    lock.lock();
    try {
      out.println((live.isEmpty() ? "" : CLEAR_LINE) + line);
      draw();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void process(ProcessEvent event) {
    switch (event) {
      case ProcessEvent.Started started -> {
        if (started.start() > 1) {
          note("%s runs again (process %d)".formatted(started.name(), started.pid()));
        }
      }
      case ProcessEvent.Died died ->
          note(
              "%s DIED with exit code %d and is started again %s; its log: %s"
                  .formatted(
                      died.name(),
                      died.exitCode(),
                      died.restartAfter().isZero()
                          ? "at once"
                          : "in " + died.restartAfter().toMillis() + " ms",
                      died.log()));
      case ProcessEvent.FailedToStart failed ->
          note("%s cannot be started: %s".formatted(failed.name(), failed.reason()));
      case ProcessEvent.Stopped stopped -> {
        if (stopped.forced()) {
          note(stopped.name() + " did not stop when asked and was killed");
        }
      }
      case ProcessEvent.LogLost lost ->
          note("%s is not logged any more: %s".formatted(lost.name(), lost.reason()));
      case ProcessEvent.Unguarded unguarded ->
          note(
              "%s would survive a killed launcher: %s"
                  .formatted(unguarded.name(), unguarded.reason()));
    }
  }

  /** Draws the live line anew. */
  void live(String line) {
    if (plain) {
      return;
    }
    lock.lock();
    try {
      live = line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
      out.print(CLEAR_LINE);
      draw();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the live line away. */
  void endLive() {
    live("");
  }

  private void draw() {
    if (!live.isEmpty()) {
      out.print(live);
    }
    out.flush();
  }
}
