package dev.twofold.sync.world;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs many random worlds in as many processes as told. A world must have its process to itself:
 * two in one JVM would meet at the monitors of libraries, and a thread that is woken there is not
 * woken by its own world.
 */
final class WorldRuns {

  private static final long SILENCE_MINUTES_MAX = 10;

  private final long from;
  private final long count;
  private final int jobs;
  private final @Nullable Path before;

  /**
   * Some worlds.
   *
   * @param before classes that take the place of those on the class path; null for none
   */
  WorldRuns(long from, long count, int jobs, @Nullable Path before) {
    this.from = from;
    this.count = count;
    this.jobs = (int) Math.min(jobs, Math.max(1, count));
    this.before = before;
  }

  /** A line of a process, or its end. */
  private record Said(Process process, @Nullable String line) {}

  /** Hands over each result as it comes, until there are no more or enough have been seen. */
  void run(Predicate<WorldResult> goesOn) {
    BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    List<Process> running = new ArrayList<>();
    try {
      for (int job = 0; job < jobs; job++) {
        Process process = start(job);
        running.add(process);
        Thread.ofPlatform().daemon().start(() -> listen(process, said));
      }
      int ended = 0;
      while (ended < jobs) {
        Said next = said.poll(SILENCE_MINUTES_MAX, TimeUnit.MINUTES);
        if (next == null) {
          throw new IllegalStateException("no world ended in " + SILENCE_MINUTES_MAX + " minutes");
        }
        if (next.line() == null) {
          ended++;
          refuseFailure(next.process());
        } else if (!goesOn.test(WorldResult.of(next.line()))) {
          return;
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("a process for worlds could not be started", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while worlds ran", stopped);
    } finally {
      running.forEach(Process::destroy);
    }
  }

  private static void refuseFailure(Process process) throws InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException("a process that ran worlds ended with " + code);
    }
  }

  private Process start(int job) throws IOException {
    String classes = System.getProperty("java.class.path");
    String path = before == null ? classes : before + File.pathSeparator + classes;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            WorldWorker.class.getName(),
            Long.toString(from + job),
            Long.toString(from + count),
            Integer.toString(jobs));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", path);
    return builder.start();
  }

  private static void listen(Process process, BlockingQueue<Said> said) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(new Said(process, line));
      }
    } catch (IOException closed) {
      // The process was ended from here.
      said.add(new Said(process, null));
      return;
    }
    said.add(new Said(process, null));
  }
}
