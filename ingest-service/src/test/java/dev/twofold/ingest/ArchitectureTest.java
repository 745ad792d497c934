package dev.twofold.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house rules: what each package may import, where Spring and the clock may appear. */
class ArchitectureTest {

  private static final String ROOT = "dev.twofold.ingest";
  private static final String SIGNATURE = ROOT + ".signature";
  private static final String INTAKE = ROOT + ".intake";
  private static final String[] ADAPTERS = {
    INTAKE + ".web..", INTAKE + ".pubsub..", INTAKE + ".secret..", INTAKE + ".telemetry.."
  };
  private static final String[] LANGUAGE = {"java..", "javax.crypto..", "org.jspecify.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // What Spring writes when a jar is built lies beside our classes from then on.
          .withImportOption(location -> !location.contains("__"))
          .importPackages(ROOT);

  private static final DescribedPredicate<JavaClass> WIRING =
      DescribedPredicate.describe(
          "wiring (*Application, *Configuration, *Settings, *Controller)",
          type ->
              outermost(type)
                  .getSimpleName()
                  .matches(".*(Application|Configuration|Settings|Controller)|package-info"));

  /** Method references count as well as calls. */
  private static final DescribedPredicate<JavaAccess<?>> TIME_OR_CHANCE =
      DescribedPredicate.describe(
          "the system's clock or chance",
          access ->
              (access.getTargetOwner().getName() + "." + access.getName())
                  .matches(
                      "java.time.(Instant.now|Clock.system.*|Clock.tick.*)"
                          + "|java.lang.(System.(nanoTime|currentTimeMillis)|Thread.sleep)"
                          + "|java.util.UUID.randomUUID"
                          + "|java.util.Random.<init>"
                          + "|java.util.concurrent.ThreadLocalRandom.current"));

  @Test
  void modulesDependAsDeclared() {
    ApplicationModules.of(IngestApplication.class).verify();
  }

  @Test
  void theRootHoldsOnlyTheStart() {
    keeps(
        classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .haveSimpleName("IngestApplication")
            .orShould()
            .haveSimpleName("package-info"));
  }

  @Test
  void everyClassLivesInAPackageOfTheTable() {
    keeps(
        classes()
            .should()
            .resideInAnyPackage(
                ROOT,
                SIGNATURE,
                INTAKE,
                INTAKE + ".web",
                INTAKE + ".pubsub",
                INTAKE + ".secret",
                INTAKE + ".telemetry"));
  }

  @Test
  void signatureIsPlainJava() {
    keeps(
        classes()
            .that()
            .resideInAPackage(SIGNATURE)
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(concat(LANGUAGE, SIGNATURE))
            .because("it must be provable without a framework; hand in what it needs"));
  }

  @Test
  void intakeNeedsOnlyJacksonSlf4jAndMicrometer() {
    keeps(
        classes()
            .that()
            .resideInAPackage(INTAKE)
            .and(DescribedPredicate.not(WIRING))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                concat(
                    LANGUAGE,
                    SIGNATURE,
                    INTAKE,
                    "tools.jackson..",
                    "org.slf4j..",
                    "io.micrometer.."))
            .because("the intake is built with new; technology belongs into an adapter"));
  }

  @Test
  void springStaysInAdaptersAndWiring() {
    keeps(
        noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTERS)
            .and(DescribedPredicate.not(WIRING))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..", "com.google.."));
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    keeps(
        slices()
            .matching(INTAKE + ".(*)..")
            .should()
            .notDependOnEachOther()
            .because("an adapter knows its port and its technology only"));
  }

  @Test
  void googleStaysInItsAdapters() {
    keeps(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                INTAKE + ".pubsub..", INTAKE + ".secret..", INTAKE + ".telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google..", "io.grpc.."));
  }

  @Test
  void packagesHaveNoCycles() {
    keeps(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void timeAndChanceComeFromOutside() {
    keeps(
        noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTERS)
            .and(DescribedPredicate.not(WIRING))
            .should()
            .accessTargetWhere(TIME_OR_CHANCE)
            .because("tests move time by hand: take a clock, a generator or an id source"));
  }

  private static void keeps(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static String[] concat(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
