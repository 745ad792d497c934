package dev.twofold.localstack.official;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds an emulator's jar in a folder, whatever version its name carries. */
final class EmulatorFolder {
  private static final int DEPTH_MAX = 6;

  private EmulatorFolder() {}

  static Stream<Path> jars(Path folder, String namePrefix) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH_MAX)) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> isJar(String.valueOf(file.getFileName()), namePrefix))
              .sorted()
              .toList();
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  private static boolean isJar(String name, String prefix) {
    return name.startsWith(prefix) && name.endsWith(".jar");
  }
}
