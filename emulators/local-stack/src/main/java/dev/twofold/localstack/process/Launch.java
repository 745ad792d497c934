package dev.twofold.localstack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start and where its output goes. The environment given here is added to the launcher's
 * own.
 *
 * @param name what people call the process, also in messages
 * @param command the program and its arguments
 * @param environment variables set for it
 * @param log the capped file that takes its standard output and errors
 */
public record Launch(String name, List<String> command, Map<String, String> environment, Path log) {
  /** Copies what may change, and refuses an empty command. */
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("No command given for " + name);
    }
  }

  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }
}
