package dev.twofold.sync.world;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the simulated world; ends with 1 where anything was violated. */
@Command(
    name = "emulators/simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs random worlds around the production code and checks what must hold.")
final class Simulate implements Callable<Integer> {

  @Option(names = "--seeds", paramLabel = "N", description = "How many worlds (${DEFAULT-VALUE}).")
  private long seeds = 1000;

  @Option(names = "--from", paramLabel = "S", description = "The first seed (${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--seed", paramLabel = "S", description = "Repeats one world and tells all.")
  private @Nullable Long seed;

  @Option(names = "--jobs", paramLabel = "N", description = "Processes (one for each core).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--summary", paramLabel = "FILE", description = "Writes the summary there too.")
  private @Nullable Path summaryFile;

  @Option(
      names = "--planted",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "BUG",
      description =
          "Plants known bugs one by one (those whose names contain BUG) and tells which seed"
              + " caught which; --seeds bounds the search.")
  private @Nullable String planted;

  public static void main(String[] arguments) {
    WorldWorker.quiet();
    System.exit(new CommandLine(new Simulate()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (seed != null) {
      return replay(seed);
    }
    return planted == null ? many() : plant(planted);
  }

  private static int replay(long only) {
    RandomWorld world = new RandomWorld(only);
    List<String> wrong = world.run();
    System.out.println(world.story());
    System.out.println(
        wrong.isEmpty() ? "nothing is wrong" : "wrong:\n  " + String.join("\n  ", wrong));
    return wrong.isEmpty() ? 0 : 1;
  }

  private int many() throws IOException {
    Summary summary = new Summary();
    long begin = System.nanoTime();
    try (ProgressBar bar = bar("worlds", seeds)) {
      new WorldRuns(from, seeds, jobs, null)
          .run(result -> {
            summary.add(result);
            bar.step();
            bar.setExtraMessage(summary.violations().size() + " violations");
            if (!result.wrong().isEmpty()) {
              System.err.printf(
                  "%n%s: %s%n", Summary.replay(result.seed()), String.join("; ", result.wrong()));
            }
            return true;
          });
    }
    String text = summary.text(Duration.ofNanos(System.nanoTime() - begin));
    System.out.println(text);
    if (summaryFile != null) {
      Files.writeString(summaryFile, text);
    }
    return summary.violations().isEmpty() && summary.worlds() == seeds ? 0 : 1;
  }

  private int plant(String named) throws IOException {
    List<PlantedBug> bugs =
        PlantedBug.all().stream().filter(bug -> bug.name().contains(named)).toList();
    StringBuilder table = new StringBuilder("| planted bug | caught by seed | as |\n");
    table.append("| --- | ---: | --- |\n");
    int missed = 0;
    try (ProgressBar bar = bar("bugs", bugs.size())) {
      for (PlantedBug bug : bugs) {
        bar.setExtraMessage(bug.name());
        WorldResult caught = bug.caughtBy(from, seeds, jobs);
        missed += caught == null ? 1 : 0;
        table.append(row(bug, caught));
        bar.step();
      }
    }
    System.out.println(table);
    if (summaryFile != null) {
      Files.writeString(summaryFile, table);
    }
    return missed == 0 && !bugs.isEmpty() ? 0 : 1;
  }

  private static String row(PlantedBug bug, @Nullable WorldResult caught) {
    return caught == null
        ? "| %s | none | |%n".formatted(bug.title())
        : "| %s | %d | %s |%n"
            .formatted(bug.title(), caught.seed(), caught.wrong().getFirst().replace("|", "/"));
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway does not know that it never is null.
  private static ProgressBar bar(String task, long max) {
    Console console = System.console();
    boolean watched = console != null && console.isTerminal();
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setUpdateIntervalMillis(watched ? 200 : 60_000)
        .build();
  }
}
