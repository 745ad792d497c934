package dev.twofold.localstack.official;

import java.nio.file.Path;

/** Where an official emulator comes from. */
public sealed interface EmulatorSource {
  /** One runs already at this host and port; it is used as it is and never stopped. */
  record Running(String hostAndPort) implements EmulatorSource {}

  /** A jar to start; {@code origin} says in words where it was found. */
  record Startable(Path jar, String origin) implements EmulatorSource {}
}
