package dev.twofold.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * The processes stand back a little behind the launcher, in which the providers are: the outside
   * world does not slow down because we are busy.
   *
   * @throws NoSuchFileException for a program that is not there, which {@code nice} would not say
   */
  ProcessBuilder builder() throws IOException {
    Path program = Path.of(command.getFirst());
    if (program.isAbsolute() && !Files.isExecutable(program)) {
      throw new NoSuchFileException(program.toString(), null, "no program can be run there");
    }
    List<String> polite = new ArrayList<>(List.of("nice", "-n", "5"));
    polite.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(polite).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }
}
