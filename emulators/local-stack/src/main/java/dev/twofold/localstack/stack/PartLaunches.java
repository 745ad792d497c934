package dev.twofold.localstack.stack;

import dev.twofold.localstack.official.EmulatorLocator;
import dev.twofold.localstack.official.EmulatorSource;
import dev.twofold.localstack.official.OfficialEmulator;
import dev.twofold.localstack.process.Launch;
import dev.twofold.localstack.process.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says for each part that is a process with which command and settings it starts. */
final class PartLaunches {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /**
   * All of the stack shares one machine, and most stacks live for minutes: in a burst of three the
   * optimizing compilers of five processes used as much processor time as two of the processes. A
   * collector with threads of its own gains nothing either.
   */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  /**
   * The process that paces calls may not stand still: with a young generation of a third, as is
   * usual, a burst stopped it three times in two seconds for 40 to 70 ms.
   */
  private static final List<String> PACING =
      List.of("-Xms1g", "-Xmx1g", "-Xmn640m", "-XX:MetaspaceSize=160m");

  private final StackPlan plan;
  private final Addresses addresses;
  private final EmulatorLocator locator;
  private final Workshop workshop;
  private final Path java;

  PartLaunches(StackPlan plan, Addresses addresses, EmulatorLocator locator, Workshop workshop) {
    this.plan = plan;
    this.addresses = addresses;
    this.locator = locator;
    this.workshop = workshop;
    this.java = Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** An official emulator, found or downloaded. */
  Launch official(Part part, StackListener listener) throws IOException {
    OfficialEmulator emulator =
        part == Part.PUBSUB ? OfficialEmulator.PUBSUB : OfficialEmulator.FIRESTORE;
    return switch (locator.locate(emulator)) {
      case EmulatorSource.Running running ->
          throw new IllegalStateException(
              "%s runs at %s and is not to be started".formatted(part, running.hostAndPort()));
      case EmulatorSource.Startable found -> {
        listener.note("%s: from %s".formatted(part.title(), found.origin()));
        Path logging = plan.runFolder().resolve(part.key() + "-logging.properties");
        OfficialEmulator.writeLogging(logging);
        List<String> command =
            emulator.command(java, found.jar(), logging, Ports.HOST, plan.ports().of(part));
        yield new Launch(part.title(), command, Map.of(), plan.log(part));
      }
    };
  }

  /** One of our two services. */
  Launch service(Part part) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(SHORT_LIVED);
    all.add("-XX:ActiveProcessorCount=" + halfTheProcessors());
    all.addAll(part == Part.INGEST ? List.of("-Xmx384m") : PACING);
    all.addAll(plan.settings().javaOptions(part));
    return new Launch(part.title(), jar(part).command(all), environment(part), plan.log(part));
  }

  /**
   * Five processes share the machine. With two processors, the threads of a process that believes
   * it has both do little but wake each other: an eighth of an import's processor time.
   */
  private static int halfTheProcessors() {
    return (Runtime.getRuntime().availableProcessors() + 1) / 2;
  }

  /** The command of sync-service that prepares the HubSpot account. */
  Launch setup() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(SHORT_LIVED);
    options.add("-Xmx384m");
    return new Launch(
        "setup",
        jar(Part.SYNC).command(options, "setup"),
        environment(Part.SYNC),
        plan.runFolder().resolve("logs/setup.log"));
  }

  /** Unpacks the service's jar, once for each build of it. */
  ServiceJar jar(Part part) throws IOException, InterruptedException {
    String name = part.title();
    Path source = plan.root().resolve("%s/target/%s-%s-exec.jar".formatted(name, name, VERSION));
    return ServiceJar.unpacked(java, source, plan.runFolder().resolve("apps"), workshop);
  }

  private Map<String, String> environment(Part part) {
    StackSettings settings = plan.settings();
    Map<String, String> environment = new LinkedHashMap<>(settings.asEnvironment());
    environment.put("PUBSUB_EMULATOR_HOST", addresses.of(Part.PUBSUB));
    environment.put("FIRESTORE_EMULATOR_HOST", addresses.of(Part.FIRESTORE));
    environment.put("CLOUD_TASKS_EMULATOR_HOST", addresses.of(Part.CLOUD_TASKS));
    environment.put("HUBSPOT_API_BASE", addresses.of(Part.HUBSPOT));
    environment.put("STRIPE_API_BASE", addresses.of(Part.STRIPE));
    environment.put(
        "PUBLIC_BASE_URL", settings.given("PUBLIC_BASE_URL").orElse(addresses.of(Part.INGEST)));
    // Where the Cloud Tasks emulator dispatches to.
    environment.put("WRITES_BASE_URL", addresses.of(Part.SYNC));
    environment.put("PORT", Integer.toString(plan.ports().of(part)));
    // Only this machine may call what has no authentication here.
    environment.put("SERVER_ADDRESS", Ports.HOST);
    return environment;
  }
}
