package dev.twofold.localstack.stack;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that services, simulators and emulators share. Each comes from the environment
 * variable of its name, else from the local default. The defaults open nothing outside this
 * machine, so they are no secrets; what came from outside is never printed. No default credential
 * is ever used with an address outside this machine.
 */
public final class StackSettings {
  /** The only tenant of the local stack. */
  public static final String TENANT = "main";

  private static final Map<String, String> DEFAULTS = defaults();
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Map<String, String> environment;

  private StackSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** From the environment given, local defaults for what it lacks. */
  public static StackSettings from(Map<String, String> environment) {
    return new StackSettings(Map.copyOf(environment));
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("GOOGLE_CLOUD_PROJECT", "twofold-local");
    defaults.put("CLOUD_TASKS_LOCATION", "europe-west1");
    defaults.put("HUBSPOT_ACCESS_TOKEN", "pat-local-twofold");
    defaults.put("HUBSPOT_CLIENT_SECRET", "11111111-2222-3333-4444-555555555555");
    defaults.put("HUBSPOT_APP_ID", "77001");
    defaults.put("HUBSPOT_PORTAL_ID", "900100");
    defaults.put("STRIPE_API_KEY", "sk_test_twofold_local");
    defaults.put("STRIPE_WEBHOOK_SECRET", "whsec_twofold_local");
    return defaults;
  }

  /** The Google Cloud project that every emulator pretends to be. */
  public String project() {
    return local("GOOGLE_CLOUD_PROJECT");
  }

  /** The location of the Cloud Tasks queues. */
  public String location() {
    return local("CLOUD_TASKS_LOCATION");
  }

  /** A shared setting by its variable's name, for a part that runs on this machine. */
  public String local(String variable) {
    String fallback = DEFAULTS.get(variable);
    if (fallback == null) {
      throw new IllegalArgumentException(variable + " is not a shared setting");
    }
    return given(variable).orElse(fallback);
  }

  /** What the environment says, blanks taken as nothing. */
  public Optional<String> given(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** The address that replaces a part of ours, where the environment names one. */
  public Optional<String> replacement(Part part) {
    return switch (part) {
      case PUBSUB -> given("PUBSUB_EMULATOR_HOST");
      case FIRESTORE -> given("FIRESTORE_EMULATOR_HOST");
      case HUBSPOT -> given("HUBSPOT_API_BASE");
      case STRIPE -> given("STRIPE_API_BASE");
      case CLOUD_TASKS, INGEST, SYNC -> Optional.empty();
    };
  }

  /** Who pushes the notices, by {@code TWOFOLD_PUSH}; our pump unless another is chosen. */
  Pusher pusher() {
    return Pusher.named(given("TWOFOLD_PUSH").orElse("pump"));
  }

  /** What {@code TWOFOLD_SYNC_JAVA_OPTIONS} and the like add to a service's JVM, for profiling. */
  List<String> javaOptions(Part part) {
    String variable = "TWOFOLD_" + part.name() + "_JAVA_OPTIONS";
    return given(variable).map(options -> List.of(options.split("\\s+"))).orElse(List.of());
  }

  /** The settings as environment variables for the services. */
  Map<String, String> asEnvironment() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String variable : DEFAULTS.keySet()) {
      if (given(variable).isPresent() || mayDefault(variable)) {
        all.put(variable, local(variable));
      }
    }
    return all;
  }

  /** What a person may see: local defaults as they are, anything else only as set or missing. */
  public Map<String, String> printable() {
    Map<String, String> printable = new LinkedHashMap<>();
    for (Map.Entry<String, String> known : DEFAULTS.entrySet()) {
      String variable = known.getKey();
      if (given(variable).filter(value -> !value.equals(known.getValue())).isPresent()) {
        printable.put(variable, "(set in the environment)");
      } else {
        printable.put(variable, mayDefault(variable) ? known.getValue() : "(missing)");
      }
    }
    return printable;
  }

  private boolean mayDefault(String variable) {
    for (Part part : List.of(Part.HUBSPOT, Part.STRIPE)) {
      if (variable.startsWith(part.name())) {
        return replacement(part).map(StackSettings::isOnThisMachine).orElse(true);
      }
    }
    return true;
  }

  private static boolean isOnThisMachine(String address) {
    String host = URI.create(address).getHost();
    return host != null && LOOPBACK.contains(host);
  }
}
