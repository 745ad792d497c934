package dev.twofold.localstack.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes a folder of our own with everything in it. */
final class Folders {
  private Folders() {}

  static void delete(@Nullable Path root) throws IOException {
    if (root == null || !Files.exists(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
