package dev.twofold.sync.pacing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line that measures pacers with real threads and timers; ends with 1 where a sliding
 * second held more calls than its limit. How fast it was is printed and judged by the reader: that
 * depends on the machine.
 */
@Command(
    name = "emulators/pacer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the pacer under backlog, with threads that stall for 5 to 50 ms.")
final class PacerBenchmark implements Callable<Integer> {

  @Option(names = "--seconds", description = "How long each part lasts (${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--stalled",
      paramLabel = "SHARE",
      description =
          "Share of wakings, and of ways from the pacer to the socket, that stall"
              + " (${DEFAULT-VALUE}).")
  private double stalled = 0.2;

  @Option(names = "--seed", description = "Of the stalls and of people's calls (${DEFAULT-VALUE}).")
  private long seed = 1;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PacerBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d s each, %.0f %% stalled by 5 to 50 ms on waking and again on the way, seed %d%n",
        seconds,
        100 * stalled,
        seed);
    List<PacedLoad> loads =
        List.of(
            new PacedLoad("HubSpot", List.of(15), 1, each(1), stalls(1)),
            new PacedLoad("Stripe", List.of(100), 10, each(1), stalls(2)),
            new PacedLoad(
                "Stripe, changed to 40 and back", List.of(100, 40, 100), 5, each(3), stalls(3)));
    Ticker machine = Ticker.start(Thread.ofPlatform());
    Ticker process = Ticker.start(Thread.ofVirtual());
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PacedLoad> load : loads.stream().map(together::submit).toList()) {
        load.get(seconds + 60, TimeUnit.SECONDS);
      }
    }
    machine.stop();
    process.stop();
    boolean good = true;
    for (PacedLoad load : loads) {
      PacedLoad.Result result = load.result();
      System.out.println(result.text());
      good &= result.isWithinLimit();
    }
    System.out.printf(
        Locale.ROOT,
        "meanwhile a thread that ticks every 10 ms was late by up to %d ms, a virtual one by %d"
            + " ms%n",
        machine.latestMillis(),
        process.latestMillis());
    System.out.println(good ? "no sliding second above its limit" : "A LIMIT WAS EXCEEDED");
    return good ? 0 : 1;
  }

  private Duration each(int parts) {
    return Duration.ofSeconds(seconds).dividedBy(parts);
  }

  private Stalls stalls(int load) {
    return new Stalls(stalled, seed * 1_000 + load);
  }
}
