package dev.twofold.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** The service keeps every rule; and every rule fails where a mistake was planted against it. */
class ArchitectureTest {

  private static final String ROOT = "dev.twofold.sync";
  private static final String PLANTED = "dev.twofold.planted";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final JavaClasses MISTAKES = new ClassFileImporter().importPackages(PLANTED);

  private final ArchitectureRules rules = new ArchitectureRules(ROOT);
  private final ArchitectureRules elsewhere = new ArchitectureRules(PLANTED);

  @Test
  void modulesDependAsDeclared() {
    ApplicationModules.of(SyncApplication.class).verify();
  }

  @Test
  void findsAPlantedDependencyThatIsNotDeclared() {
    ApplicationModules modules = ApplicationModules.of(PLANTED, everything -> true);

    assertThatThrownBy(modules::verify)
        .isInstanceOf(Violations.class)
        .hasMessageContaining("Module 'link' depends on module 'reconcile'");
  }

  @ParameterizedTest
  @MethodSource("names")
  void keeps(String rule) {
    rule(rules, rule).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsThePlantedMistakeAgainst(String rule) {
    assertThat(rule(elsewhere, rule).evaluate(MISTAKES).hasViolation()).isTrue();
  }

  private static ArchRule rule(ArchitectureRules rules, String name) {
    return Objects.requireNonNull(rules.all().get(name), name);
  }

  static Set<String> names() {
    return new ArchitectureRules(ROOT).all().keySet();
  }
}
