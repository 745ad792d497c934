package dev.twofold.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end: its output goes to the log, and its exit code is the answer. */
public final class OneShot {
  private static final int TAIL_LINES = 15;

  private OneShot() {}

  /**
   * Waits for the command and answers the last lines of its output.
   *
   * @throws IOException when it cannot be started, fails, or takes longer than it may; the message
   *     holds the last lines of its output
   */
  public static List<String> run(Launch launch, Workshop workshop, Duration longest)
      throws IOException, InterruptedException {
    Files.createDirectories(launch.log().toAbsolutePath().getParent());
    Process process = launch.builder().redirectOutput(launch.log().toFile()).start();
    boolean ended = false;
    try {
      workshop.guard().add(process.pid());
      ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
      workshop.ended(launch, process);
    }
    List<String> tail = tail(launch.log(), TAIL_LINES);
    if (!ended || process.exitValue() != 0) {
      String what = ended ? "failed with exit code " + process.exitValue() : "took over " + longest;
      throw new IOException(
          launch.name()
              + " "
              + what
              + "; its log is "
              + launch.log()
              + "\n"
              + String.join("\n", tail));
    }
    return tail;
  }

  /** The last lines of a log, whatever bytes are in it. */
  public static List<String> tail(Path log, int lines) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    List<String> all = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }
}
