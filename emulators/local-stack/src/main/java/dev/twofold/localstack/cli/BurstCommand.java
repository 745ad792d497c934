package dev.twofold.localstack.cli;

import dev.twofold.localstack.burst.Burst;
import dev.twofold.localstack.burst.BurstPlan;
import dev.twofold.localstack.burst.BurstReport;
import dev.twofold.localstack.burst.BurstSize;
import dev.twofold.localstack.burst.IntakeBenchmark;
import dev.twofold.localstack.burst.IntakeReport;
import dev.twofold.localstack.burst.Scenario;
import dev.twofold.localstack.process.ProcessEvent;
import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.Ports;
import dev.twofold.localstack.stack.StackListener;
import dev.twofold.localstack.stack.StackPlan;
import dev.twofold.localstack.stack.StackProblem;
import dev.twofold.localstack.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emulators/burst}: brings bursts over stacks of their own and says what became of them. */
@Command(
    name = "burst",
    customSynopsis = "emulators/burst [OPTIONS] [SCENARIO ...]",
    description = {
      "Plays scenarios, each on a fresh stack on free ports, and prints what became of them; by"
          + " default edits, import, peak, mixed and forms.",
      "Fails when anything is lost, doubled, wrong or over a limit."
    },
    mixinStandardHelpOptions = true)
final class BurstCommand implements Callable<Integer> {
  private static final List<Scenario> USUAL =
      List.of(Scenario.EDITS, Scenario.IMPORT, Scenario.PEAK, Scenario.MIXED, Scenario.FORMS);
  private static final List<Integer> CONNECTIONS = List.of(1, 10, 64, 256);

  @Parameters(
      paramLabel = "SCENARIO",
      description = "edits, import, peak, mixed, forms, outage or backfill (case does not matter)")
  private List<Scenario> scenarios = new ArrayList<>();

  @Option(
      names = "--intake",
      description = "measure instead how many webhooks one ingest-service accepts by itself")
  private boolean intake;

  @Option(
      names = "--one-by-one",
      description = "HubSpot sends every notice in a request of its own")
  private boolean oneByOne;

  @Option(
      names = "--smaller",
      paramLabel = "TIMES",
      defaultValue = "1",
      description = "so many times fewer records in the same time (default: 1)")
  private int smaller;

  @Option(
      names = "--warm-up",
      paramLabel = "CONTACTS",
      defaultValue = "300",
      description = "contacts brought over before the clock starts (default: 300)")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "how long customers, purchases and edits go on (default: 180; outage: 600)")
  private @Nullable Integer seconds;

  @Option(
      names = "--compression",
      paramLabel = "TIMES",
      defaultValue = "10",
      description = "by how much the clock of the outage is compressed (default: 10)")
  private int compression;

  @Option(
      names = "--json",
      paramLabel = "FOLDER",
      description = "where reports are written as JSON (default: emulators/.run/burst/reports)")
  private @Nullable Path json;

  @Option(names = "--plain", description = "no progress bar, as where nobody watches")
  private boolean plain;

  @Option(names = "--strict", description = "fail when a target of speed is missed, too")
  private boolean strict;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path root = Path.of(System.getProperty("twofold.root", ".")).toAbsolutePath().normalize();
    StackSettings settings = StackSettings.from(System.getenv());
    for (Part part : Part.values()) {
      if (settings.replacement(part).isPresent()) {
        throw new StackProblem(
            "The benchmark plays with parts of its own only, and %s is given"
                .formatted(part.title()));
      }
    }
    Path reports = json == null ? root.resolve("emulators/.run/burst/reports") : json;
    Files.createDirectories(reports);
    if (intake) {
      return intake(root, reports);
    }
    boolean good = true;
    for (Scenario scenario : scenarios.isEmpty() ? USUAL : scenarios) {
      BurstReport report = play(root, scenario);
      String name = scenario.label() + (oneByOne ? "-one-by-one" : "");
      Files.writeString(reports.resolve(name + ".json"), report.json());
      System.out.println(report.table());
      good &= strict ? report.isOnTarget() : report.isGood();
    }
    System.out.println("JSON: " + reports);
    return good ? 0 : 1;
  }

  private BurstReport play(Path root, Scenario scenario) throws InterruptedException {
    int usual = scenario == Scenario.OUTAGE ? 600 : scenario == Scenario.EDITS ? 60 : 180;
    BurstSize size =
        BurstSize.full()
            .smaller(smaller)
            .lasting(
                BurstSize.full().importOver(),
                Duration.ofSeconds(seconds == null ? usual : seconds))
            .warmedUpBy(warmUp);
    BurstPlan plan = new BurstPlan(scenario, size, oneByOne, compression);
    try (ShownProgress progress = new ShownProgress(!plain);
        LocalStack stack = stack(root, Map.of(), scenario.label(), List.of(Part.values()))) {
      return new Burst(plan, stack, StackSettings.from(System.getenv()), progress).play();
    }
  }

  private int intake(Path root, Path reports) throws InterruptedException, IOException {
    Map<String, String> nobodyPushes = Map.of("TWOFOLD_PUSH", "nobody");
    IntakeReport report;
    try (ShownProgress progress = new ShownProgress(!plain);
        LocalStack stack = stack(root, nobodyPushes, "intake", List.of(Part.PUBSUB, Part.INGEST))) {
      Duration each = Duration.ofSeconds(seconds == null ? 10 : seconds);
      report =
          new IntakeBenchmark(stack, StackSettings.from(System.getenv()), progress)
              .measure(CONNECTIONS, each);
    }
    Files.writeString(reports.resolve("intake.json"), report.json());
    System.out.println(report.table());
    return report.isGood() ? 0 : 1;
  }

  /** Fresh, on free ports, beside whatever else runs here. */
  private static LocalStack stack(
      Path root, Map<String, String> more, String name, List<Part> parts)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(more);
    StackPlan plan =
        StackPlan.whole(root, Ports.free(), environment)
            .only(parts.getFirst(), parts.toArray(Part[]::new))
            .in(root.resolve("emulators/.run/burst").resolve(name));
    return LocalStack.start(plan, new Notes());
  }

  /** Only what went wrong is of interest here. */
  private static final class Notes implements StackListener {
    @Override
    public void note(String line) {
      System.err.println(line);
    }

    @Override
    public void process(ProcessEvent event) {
      if (event instanceof ProcessEvent.Died || event instanceof ProcessEvent.FailedToStart) {
        System.err.println(event);
      }
    }
  }
}
