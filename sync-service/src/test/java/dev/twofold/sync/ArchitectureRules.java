package dev.twofold.sync;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The walls between the packages below a root: P is pure, U is use cases with their ports, A is
 * adapters. Built for any root, so that each rule can be shown to fail on planted classes.
 */
final class ArchitectureRules {

  private static final String[] PURE = {"record", "mapping", "merge", "pacing", "failure", "watch"};
  private static final String[] USE_CASES = {
    "tenant", "link", "side", "dispatch", "reconcile", "delivery", "setup"
  };
  private static final String[] ADAPTERS = {
    "access",
    "console",
    "firestore",
    "problem",
    "role",
    "dispatch.cloudtasks",
    "delivery.web",
    "link.firestore",
    "reconcile.web",
    "side.hubspot",
    "side.stripe",
    "tenant.firestore",
    "tenant.settings",
    "tenant.web",
    "watch.google",
    "watch.micrometer"
  };

  /** Client libraries, and the only packages that may know them. */
  private static final Map<String, String[]> CLIENTS =
      Map.of(
          "com.google.cloud.firestore..",
              new String[] {"firestore", "link.firestore", "tenant.firestore"},
          "com.google.cloud.tasks..", new String[] {"dispatch.cloudtasks"},
          "com.stripe..", new String[] {"side.stripe"},
          "com.nimbusds..", new String[] {"access"},
          "com.samskivert..", new String[] {"console"});

  private static final DescribedPredicate<JavaClass> WIRING =
      describe(
          "wiring (*Application, *Configuration, *Settings, *Controller)",
          type ->
              outermost(type)
                  .getSimpleName()
                  .matches(".*(Application|Configuration|Settings|Controller)|package-info"));

  private final String root;

  ArchitectureRules(String root) {
    this.root = root;
  }

  /** Every rule by its name. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("rootHoldsOnlyTheStart", rootHoldsOnlyTheStart());
    rules.put("everyPackageHasItsPlace", everyPackageHasItsPlace());
    rules.put("pureIsPlainJava", pureIsPlainJava());
    rules.put("useCasesArePlain", useCasesArePlain());
    rules.put("jacksonOnlyParsesNotices", jacksonOnlyParsesNotices());
    rules.put("springStaysOutside", springStaysOutside());
    rules.put("useCasesDoNotKnowAdapters", useCasesDoNotKnowAdapters());
    CLIENTS.forEach((client, at) -> rules.put(client + "StaysAtHome", staysAt(client, at)));
    rules.put("timeAndChanceComeFromOutside", timeAndChanceComeFromOutside());
    rules.put("noCycles", noCycles());
    rules.put("classesAreFinal", classesAreFinal());
    rules.put("servicesDoNotKnowEachOther", servicesDoNotKnowEachOther());
    return rules;
  }

  private ArchRule rootHoldsOnlyTheStart() {
    return classes()
        .that()
        .resideInAPackage(root)
        .should()
        .haveSimpleName("SyncApplication")
        .orShould()
        .haveSimpleName("package-info")
        .because("a class is about a thing of the domain: put it into that thing's package");
  }

  private ArchRule everyPackageHasItsPlace() {
    return classes()
        .should()
        .resideInAnyPackage(
            Stream.of(Stream.of(root), at(PURE), at(USE_CASES), at(ADAPTERS))
                .flatMap(each -> each)
                .toArray(String[]::new))
        .because(
            "a package is pure, a use case or an adapter: add the new one to the list of its kind"
                + " in ArchitectureRules and keep that kind's rules");
  }

  private ArchRule pureIsPlainJava() {
    return classes()
        .that()
        .resideInAnyPackage(at(PURE).toArray(String[]::new))
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages(at(PURE), "java..", "org.jspecify.."))
        .because(
            "the core must be provable without a framework, a store or a log: hand the value in, or"
                + " move the class to a use case");
  }

  private ArchRule useCasesArePlain() {
    return classes()
        .that()
        .resideInAnyPackage(at(USE_CASES).toArray(String[]::new))
        .and(not(WIRING))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            packages(
                Stream.concat(at(PURE), at(USE_CASES)),
                "java..",
                "org.jspecify..",
                "org.slf4j..",
                "io.micrometer..",
                "tools.jackson.."))
        .because(
            "the simulation builds the use cases with new: put technology into an adapter below the"
                + " port it serves, and wiring into a *Configuration");
  }

  private ArchRule jacksonOnlyParsesNotices() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            Stream.concat(at(PURE), at(USE_CASES))
                .filter(each -> !each.equals(root + ".reconcile"))
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .because("providers' JSON is parsed by reconcile and by adapters: take values instead");
  }

  private ArchRule springStaysOutside() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(at(ADAPTERS).toArray(String[]::new))
        .and(not(WIRING))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..", "org.hibernate..")
        .because(
            "Spring wires and serves, it does not decide: inject through the constructor and wire"
                + " in a *Configuration");
  }

  private ArchRule useCasesDoNotKnowAdapters() {
    return noClasses()
        .that()
        .resideInAnyPackage(Stream.concat(at(PURE), at(USE_CASES)).toArray(String[]::new))
        .and(not(WIRING))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(at(ADAPTERS).toArray(String[]::new))
        .because("a use case knows its port alone: ask the port, and let the adapter serve it");
  }

  private ArchRule staysAt(String client, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(at(homes).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(client)
        .because("one package knows this library, so that it can be replaced: use that one's port");
  }

  private ArchRule timeAndChanceComeFromOutside() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(at(ADAPTERS).toArray(String[]::new))
        .and(not(WIRING))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callConstructor(Random.class)
        .because(
            "the simulation and the tests move time by hand and replay chance by its seed: take a"
                + " Clock, a RandomGenerator or an id source");
  }

  private ArchRule noCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages that need each other are one package: join them, or turn one around");
  }

  private ArchRule classesAreFinal() {
    return classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and(not(WIRING))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("our classes are not inherited from: make it final, and compose");
  }

  private ArchRule servicesDoNotKnowEachOther() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.twofold.ingest..",
            "dev.twofold.simulators..",
            "dev.twofold.cloudtasks..",
            "dev.twofold.localstack..")
        .because("what crosses between the services is a CloudEvents message, and nothing else");
  }

  private Stream<String> at(String... packages) {
    return Arrays.stream(packages).map(each -> root + "." + each);
  }

  private static String[] packages(Stream<String> ours, String... theirs) {
    return Stream.concat(ours, Arrays.stream(theirs)).toArray(String[]::new);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
  }
}
