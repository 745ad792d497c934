package dev.twofold.simulators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String[] PURE = {
    "..hubspot.engine..", "..stripe.engine..", "..web..", "..webhook.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.twofold.simulators");

  @Test
  void enginesHaveNoThreadsNoSocketsAndNoServer() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..",
            "org.apache.hc..",
            "dev.twofold.simulators.http..",
            "com.sun.net..",
            "java.util.concurrent.locks..",
            "java.io..",
            "..transport..",
            "picocli..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .because("a simulation drives the engines on one thread with time of its own")
        .check(CLASSES);
  }

  @Test
  void enginesTakeTimeAndChanceFromOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .because("take an InstantSource and a RandomGenerator, so that a seed repeats a run")
        .check(CLASSES);
  }

  @Test
  void theVendorsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("..hubspot..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..stripe..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("com.stripe..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..stripe..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..hubspot..")
        .check(CLASSES);
  }
}
