package dev.twofold.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom in this module. */
class WallsTest {
  private static final String ROOT = "dev.twofold.localstack.";
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.twofold.localstack");

  @Test
  void supervisionAndOfficialEmulatorsKnowOnlyTheJdk() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + "process", ROOT + "official")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", ROOT + "process", ROOT + "official")
        .because("they are of use to any launcher; put what needs more into 'stack'")
        .check(MODULE);
  }

  @Test
  void thePumpKnowsOnlyTheJdkJsonAndHowToPost() {
    classes()
        .that()
        .resideInAPackage(ROOT + "pump")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "tools.jackson..",
            "dev.twofold.simulators.http",
            ROOT + "pump")
        .because("it stands in for a service; what it is told comes as PumpSettings")
        .check(MODULE);
  }

  @Test
  void theStackKnowsNothingOfTheDemoNorOfTheTerminal() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "stack")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "demo", ROOT + "cli", "picocli..")
        .because("tests start it too; tell a StackListener instead")
        .check(MODULE);
  }

  @Test
  void nobodyKnowsTheServices() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.twofold.ingest..", "dev.twofold.sync..")
        .because("they run as processes and are spoken to over HTTP")
        .check(MODULE);
  }
}
