package dev.twofold.cloudtasks;

import dev.twofold.cloudtasks.benchmark.Benchmark;
import dev.twofold.cloudtasks.engine.DeliveryFaults;
import dev.twofold.cloudtasks.engine.EngineSettings;
import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.transport.Declarations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the emulator from the command line and keeps it running until it is told to stop. */
@Command(
    name = "cloud-tasks-emulator",
    mixinStandardHelpOptions = true,
    version = "cloud-tasks-emulator 0.1.0",
    sortOptions = false,
    subcommands = Benchmark.class,
    description = "Google Cloud Tasks on one plain-text port, over gRPC and REST.")
public final class Main implements Callable<Integer> {

  /** A probability and a time, written {@code 0.1,30s}. */
  private record Fault(double probability, Duration within) {
    static final Fault NONE = new Fault(0, Duration.ZERO);

    static Fault parse(String text) {
      int comma = text.indexOf(',');
      if (comma < 0) {
        throw new CommandLine.TypeConversionException(
            "expected a probability and a time, such as 0.1,30s, but got " + text);
      }
      return new Fault(
          Double.parseDouble(text.substring(0, comma)), duration(text.substring(comma + 1)));
    }
  }

  private enum Switch {
    ON,
    OFF
  }

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host = "";

  @Option(names = "--port", defaultValue = "8087", description = "Port; 0 takes a free one.")
  private int port;

  @Option(names = "--project", defaultValue = "twofold-local", description = "For --queues.")
  private String project = "";

  @Option(names = "--location", defaultValue = "europe-west1", description = "For --queues.")
  private String location = "";

  @Option(names = "--queues", description = "File that declares queues existing from the start.")
  private @Nullable Path queues;

  @Option(names = "--queue-prefix", defaultValue = "", description = "Put before declared ids.")
  private String queuePrefix = "";

  @Option(names = "--tombstone", defaultValue = "1h", description = "How long names are refused.")
  private Duration tombstone = Duration.ZERO;

  @Option(names = "--queue-tombstone", defaultValue = "0s", description = "The same for queues.")
  private Duration queueTombstone = Duration.ZERO;

  @Option(
      names = "--throttling",
      defaultValue = "on",
      description = "on or off: slow a queue down on 429, 503 and high error rates.")
  private Switch throttling = Switch.ON;

  @Option(names = "--ramp-up", defaultValue = "0s", description = "Slow start of queues.")
  private Duration rampUp = Duration.ZERO;

  @Option(
      names = "--burst",
      defaultValue = "0",
      description = "Burst of every queue; 0 means 10 or a fifth of the rate.")
  private int burst;

  @Option(names = "--data", description = "File that keeps the state across restarts.")
  private @Nullable Path data;

  @Option(
      names = "--late",
      defaultValue = "0,0s",
      description = "Probability and most delay of late delivery, such as 0.1,30s.")
  private Fault late = Fault.NONE;

  @Option(
      names = "--repeated",
      defaultValue = "0,0s",
      description = "Probability of a second delivery and within what time, such as 0.05,10s.")
  private Fault repeated = Fault.NONE;

  @Option(
      names = "--reordered",
      defaultValue = "0",
      description = "Probability that a younger task overtakes.")
  private double reordered;

  @Option(names = "--seed", description = "Fixes what is random: ids and delivery faults.")
  private @Nullable Long seed;

  @Option(names = "--issuer", description = "Issuer in tokens; by default the emulator's URL.")
  private @Nullable String issuer;

  private Main() {}

  /** Runs the command; exits with 2 when the options or the declared queues are wrong. */
  public static void main(String[] arguments) {
    if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    }
    CommandLine command =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Duration.class, Main::duration)
            .registerConverter(Fault.class, Fault::parse)
            .setExecutionExceptionHandler((failure, line, parsed) -> {
              line.getErr().println(line.getColorScheme().errorText(reason(failure)));
              return CommandLine.ExitCode.USAGE;
            });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    EngineSettings settings =
        EngineSettings.DEFAULT
            .withTombstone(tombstone)
            .withQueueTombstone(queueTombstone)
            .withThrottling(throttling == Switch.ON)
            .withRampUp(rampUp)
            .withBurst(burst)
            .withFaults(
                new DeliveryFaults(
                    late.probability(),
                    late.within(),
                    repeated.probability(),
                    repeated.within(),
                    reordered));
    CloudTasksEmulator.Builder builder =
        CloudTasksEmulator.builder().host(host).port(port).settings(settings);
    if (data != null) {
      builder.data(data);
    }
    if (seed != null) {
      builder.seed(seed);
    }
    if (issuer != null) {
      builder.issuer(issuer);
    }
    if (queues != null) {
      builder.queues(Declarations.read(queues, new LocationName(project, location), queuePrefix));
    }
    CloudTasksEmulator emulator = builder.start();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  emulator.close();
                  stopped.countDown();
                }));
    System.out.println("ready " + emulator.url());
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  /** Durations as people write them: 500ms, 90s, 10m, 1h, 2d, or in ISO form. */
  private static Duration duration(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
    }
    if (lower.startsWith("p")) {
      return Duration.parse(text);
    }
    return Duration.parse(lower.endsWith("d") ? "P" + lower : "PT" + lower);
  }

  private static String reason(Throwable failure) {
    StringBuilder words = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      words.append(" (").append(cause.getMessage()).append(')');
    }
    return words.toString();
  }
}
