package dev.twofold.localstack.cli;

import dev.twofold.localstack.official.ArtifactRefused;
import dev.twofold.localstack.stack.StackProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code emulators/up}, {@code emulators/demo} and {@code emulators/burst}. */
@Command(
    name = "local-stack",
    description = "Twofold on one machine.",
    subcommands = {UpCommand.class, DemoCommand.class, BurstCommand.class},
    mixinStandardHelpOptions = true)
public final class LocalStackCommand {
  private LocalStackCommand() {}

  /** Runs a subcommand; its exit code is the program's. */
  public static void main(String... arguments) {
    CommandLine line =
        new CommandLine(new LocalStackCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((problem, command, parsed) -> {
              if (problem instanceof StackProblem || problem instanceof ArtifactRefused) {
                command.getErr().println(problem.getMessage());
              } else {
                problem.printStackTrace(command.getErr());
              }
              return CommandLine.ExitCode.SOFTWARE;
            });
    System.exit(line.execute(arguments));
  }
}
