package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.SigningSecret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Every setting of this service; a bad one stops the start.
 *
 * <p>Where a Pub/Sub emulator is set, the tenant {@code main} gets well-known local secrets. They
 * are not secrets, so without an emulator they do not exist and the tenant is not connected.
 *
 * @param publicBaseUrl scheme, host and path prefix under which the providers call this service
 * @param tenants who may be sent webhooks, by tenant id
 * @param hubspotV1Allowed whether HubSpot's replayable version 1 signature is enough
 * @param acknowledgeWithin how long a delivery waits for Pub/Sub; providers give up after 5 s
 * @param bodyBytesMax longest delivery taken in
 * @param bodyWithin how long a sender may take to send its body
 * @param inHandMax deliveries handled at a time, each holding its body in memory
 * @param busyWait how long a delivery waits when that many are in hand
 */
@Validated
@ConfigurationProperties("twofold")
public record IntakeSettings(
    @Pattern(
            regexp = "https?://[^/?#\\s]+(/[^?#\\s]*)?",
            message = "must be scheme, host and optional path, such as https://hooks.example.com")
        String publicBaseUrl,
    Map<
            @Pattern(
                regexp = "[a-z]([a-z0-9-]{0,38}[a-z0-9])?",
                message = "must be lower-case letters, digits and dashes, at most 40")
            String,
            @Valid TenantSettings>
        tenants,
    @Valid PubSubSettings pubsub,
    boolean hubspotV1Allowed,
    @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 4)
        Duration acknowledgeWithin,
    @DefaultValue("1048576") @Min(1024) @Max(8_388_608) int bodyBytesMax,
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 60) Duration bodyWithin,
    @DefaultValue("100") @Min(1) @Max(10_000) int inHandMax,
    @DefaultValue("500ms") @DurationMin(millis = 0) @DurationMax(seconds = 4) Duration busyWait) {

  /** The tenant whose secrets have the short setting names. */
  public static final String MAIN_TENANT = "main";

  // The binder passes null for what is not set; the components themselves are never null.
  public IntakeSettings {
    publicBaseUrl =
        publicBaseUrl == null || publicBaseUrl.isBlank()
            ? "http://127.0.0.1:8080"
            : publicBaseUrl.replaceAll("/+$", "");
    pubsub = pubsub == null ? new PubSubSettings("", "", "") : pubsub;
    Map<String, TenantSettings> all = new TreeMap<>(tenants == null ? Map.of() : tenants);
    TenantSettings main = all.getOrDefault(MAIN_TENANT, TenantSettings.UNCONNECTED);
    all.put(MAIN_TENANT, pubsub.isEmulated() ? main.orElse(TenantSettings.LOCAL_MAIN) : main);
    tenants = Map.copyOf(all);
  }

  /** One tenant's connections; a provider without secrets is known and not connected. */
  public record TenantSettings(@Valid ProviderSecrets hubspot, @Valid ProviderSecrets stripe) {

    static final TenantSettings UNCONNECTED =
        new TenantSettings(ProviderSecrets.NONE, ProviderSecrets.NONE);

    static final TenantSettings LOCAL_MAIN =
        new TenantSettings(
            ProviderSecrets.of("11111111-2222-3333-4444-555555555555"),
            ProviderSecrets.of("whsec_twofold_local"));

    public TenantSettings {
      hubspot = hubspot == null ? ProviderSecrets.NONE : hubspot;
      stripe = stripe == null ? ProviderSecrets.NONE : stripe;
    }

    TenantSettings orElse(TenantSettings other) {
      return new TenantSettings(
          hubspot.secrets.isUnset() ? other.hubspot : hubspot,
          stripe.secrets.isUnset() ? other.stripe : stripe);
    }
  }

  /** One provider's signing secrets. */
  public record ProviderSecrets(@Valid SigningSecrets secrets) {

    static final ProviderSecrets NONE = new ProviderSecrets(SigningSecrets.of(""));

    public ProviderSecrets {
      secrets = secrets == null ? SigningSecrets.of("") : secrets;
    }

    static ProviderSecrets of(String commaSeparated) {
      return new ProviderSecrets(SigningSecrets.of(commaSeparated));
    }
  }

  /**
   * The secrets active at a time: more than one while one is being rolled.
   *
   * @param active written out, as they are locally
   * @param kept the name of the secret that keeps them ({@code sm@name}), or blank
   */
  public record SigningSecrets(@Size(max = ACTIVE_MAX) List<SigningSecret> active, String kept) {

    static final int ACTIVE_MAX = 10;

    public SigningSecrets {
      active = List.copyOf(active);
    }

    /**
     * Reads a comma-separated list, or the name of a secret that is one. Never fails, because the
     * binder prints a value that cannot be converted.
     */
    public static SigningSecrets of(String text) {
      return text.strip().startsWith(SecretStore.NAMED)
          ? new SigningSecrets(List.of(), text.strip())
          : new SigningSecrets(listed(text), "");
    }

    static List<SigningSecret> listed(String commaSeparated) {
      return Arrays.stream(commaSeparated.split(",", -1))
          .filter(secret -> !secret.isBlank())
          .map(SigningSecret::new)
          .toList();
    }

    boolean isUnset() {
      return active.isEmpty() && kept.isEmpty();
    }
  }

  /**
   * Where messages go.
   *
   * @param project the Google Cloud project; must be set where there is no emulator
   * @param emulatorHost host:port of an emulator spoken to in plain text, or blank
   */
  public record PubSubSettings(
      @Pattern(
              regexp = "[a-z][a-z0-9:.-]{3,80}",
              message = "must be a project id: set GOOGLE_CLOUD_PROJECT or PUBSUB_EMULATOR_HOST")
          String project,
      @Pattern(regexp = "[A-Za-z][A-Za-z0-9._~+%-]{2,254}", message = "must be a topic id")
          String topic,
      @Pattern(
              regexp = "|[^:/\\s]+:[0-9]{1,5}|\\[[0-9a-f:]+]:[0-9]{1,5}",
              message = "must be host:port")
          String emulatorHost) {

    public PubSubSettings {
      emulatorHost = emulatorHost == null ? "" : emulatorHost.strip();
      topic = topic == null || topic.isBlank() ? "twofold-notices" : topic;
      if (project == null || project.isBlank()) {
        project = emulatorHost.isEmpty() ? "" : "twofold-local";
      }
    }

    public boolean isEmulated() {
      return !emulatorHost.isEmpty();
    }
  }
}
