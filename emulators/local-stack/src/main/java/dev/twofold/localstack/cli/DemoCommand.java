package dev.twofold.localstack.cli;

import dev.twofold.localstack.demo.Demo;
import dev.twofold.localstack.demo.DemoReport;
import dev.twofold.localstack.demo.Stage;
import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.RunFolder;
import dev.twofold.localstack.stack.StackProblem;
import dev.twofold.localstack.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code emulators/demo}: plays the flows on the stack that runs; fails when anything is wrong. */
@Command(
    name = "demo",
    customSynopsis = "emulators/demo [--patience=SECONDS]",
    description = {
      "Plays the five flows on the local stack and checks the outcome; starts the stack when none"
          + " runs, and leaves it running."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int RADIX = 36;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "how long a change may take to appear before it counts as missing (default: 60)")
  private int patienceSeconds;

  @Override
  public Integer call() throws InterruptedException {
    Path root = Path.of(System.getProperty("twofold.root", ".")).toAbsolutePath().normalize();
    Addresses addresses =
        RunFolder.running(root.resolve("emulators/.run"))
            .orElseThrow(() -> new StackProblem("No stack runs; start one with emulators/up"));
    StackSettings settings = StackSettings.from(System.getenv());
    for (Part side : new Part[] {Part.HUBSPOT, Part.STRIPE}) {
      if (settings.replacement(side).isPresent()) {
        throw new StackProblem(
            "The demo plays with simulators only, and %s is replaced by an own account"
                .formatted(side.title()));
      }
    }
    try (LoopbackHttp http = new LoopbackHttp()) {
      Demo.Pace pace =
          new Demo.Pace(Duration.ofSeconds(patienceSeconds), Demo.Pace.USUAL.quietFor());
      Demo demo =
          new Demo(
              Stage.at(addresses, http, settings), pace, line -> System.out.println("- " + line));
      String run = Long.toString(Instant.now().getEpochSecond(), RADIX);
      DemoReport report = demo.play(run);
      System.out.println();
      System.out.println(report.table());
      System.out.printf(
          "Look further:  %s/  %s/%nThe stack goes on running: try a change by hand there,"
              + " play again with emulators/demo, stop it with emulators/down.%n",
          addresses.of(Part.HUBSPOT), addresses.of(Part.STRIPE));
      return report.isGood() ? 0 : 1;
    }
  }
}
