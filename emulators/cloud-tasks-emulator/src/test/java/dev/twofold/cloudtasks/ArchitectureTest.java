package dev.twofold.cloudtasks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.twofold.cloudtasks";

  private final JavaClasses emulator =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void keepsTheEngineFreeOfEverythingButTheJdk() {
    assertThat(emulator.contain(ROOT + ".engine.TaskEngine")).isTrue();
    classes()
        .that()
        .resideInAPackage(ROOT + ".engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".engine..",
            "java.lang..",
            "java.io",
            "java.math",
            "java.nio.charset",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.random",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify..")
        .because("a simulation drives it on one thread: put threads and network into transport")
        .check(emulator);
  }

  @Test
  void letsTheEngineReadNoClock() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".engine..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .because("time is an argument there")
        .check(emulator);
  }

  @Test
  void dependsOnNothingElseOfThisRepository() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.twofold.sync..",
            "dev.twofold.ingest..",
            "dev.twofold.simulators..",
            "dev.twofold.localstack..")
        .because("the emulator is useful by itself")
        .check(emulator);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".benchmark..")
        .because("the launcher knows its parts, not the other way round")
        .check(emulator);
  }
}
