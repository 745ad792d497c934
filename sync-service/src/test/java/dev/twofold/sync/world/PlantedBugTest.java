package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The planted bugs keep up with the code they are planted in. */
final class PlantedBugTest {

  @TestFactory
  Stream<DynamicTest> stillAppliesAndCompiles(@TempDir Path classes) {
    return PlantedBug.all().stream()
        .map(bug -> DynamicTest.dynamicTest(bug.name(), () -> compiles(bug, classes)));
  }

  private static void compiles(PlantedBug bug, Path classes) throws IOException {
    Path own = Files.createDirectory(classes.resolve(bug.name()));

    bug.compileTo(own);

    try (Stream<Path> made = Files.walk(own)) {
      assertThat(made.filter(file -> file.toString().endsWith(".class"))).isNotEmpty();
    }
  }
}
