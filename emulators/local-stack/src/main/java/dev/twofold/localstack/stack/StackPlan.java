package dev.twofold.localstack.stack;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is to be started, where, and with which settings.
 *
 * @param root the repository, with the built jars and {@code terraform/topology.json}
 * @param runFolder takes logs and unpacked services; nothing else may use it meanwhile
 * @param ports where the parts listen
 * @param environment names what replaces a part, and settings other than the local defaults
 * @param parts which parts are wanted; one that the environment replaces is not started
 */
public record StackPlan(
    Path root, Path runFolder, Ports ports, Map<String, String> environment, Set<Part> parts) {
  /** Copies what may change. */
  public StackPlan {
    root = root.toAbsolutePath().normalize();
    runFolder = runFolder.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
    parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
  }

  /** Everything, on the ports given, below {@code emulators/.run}. */
  public static StackPlan whole(Path root, Ports ports, Map<String, String> environment) {
    return new StackPlan(
        root, root.resolve("emulators/.run"), ports, environment, EnumSet.allOf(Part.class));
  }

  /** The same with only some of the parts. */
  public StackPlan only(Part first, Part... more) {
    return new StackPlan(root, runFolder, ports, environment, EnumSet.of(first, more));
  }

  /** The same with another folder for logs and unpacked services. */
  public StackPlan in(Path folder) {
    return new StackPlan(root, folder, ports, environment, parts);
  }

  StackSettings settings() {
    return StackSettings.from(environment);
  }

  /** The parts that are started here: wanted, and not replaced by an address given. */
  Set<Part> started() {
    StackSettings settings = settings();
    Set<Part> started = EnumSet.copyOf(parts);
    started.removeIf(part -> settings.replacement(part).isPresent());
    return started;
  }

  Path log(Part part) {
    return runFolder.resolve("logs").resolve(part.key() + ".log");
  }
}
