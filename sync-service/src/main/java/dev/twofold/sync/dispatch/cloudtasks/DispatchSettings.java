package dev.twofold.sync.dispatch.cloudtasks;

import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where tasks are kept, and where they are dispatched to; a bad setting stops the start.
 *
 * @param project the Google Cloud project; must be set where there is no emulator
 * @param location the region of the queues
 * @param emulatorHost host:port of an emulator spoken to in plain text, or blank
 * @param writesBaseUrl scheme and host of the service that carries tasks out; must be set where
 *     there is no emulator
 * @param serviceAccount the account whose identity token a dispatch carries, or blank for none
 * @param audience whom that token is made out to; the writes service's own address if blank
 * @param dispatchDeadline how long a dispatch may take before it counts as failed
 * @param answerWithin how long Cloud Tasks has to answer, with all repeats
 */
@Validated
@ConfigurationProperties("twofold.tasks")
record DispatchSettings(
    @Pattern(
            regexp = "[a-z][a-z0-9:.-]{3,80}",
            message = "must be a project id: set GOOGLE_CLOUD_PROJECT or CLOUD_TASKS_EMULATOR_HOST")
        String project,
    @Pattern(regexp = "[a-z]+(-[a-z]+)+[0-9]+", message = "must be a region, as europe-west1")
        String location,
    @Pattern(
            regexp = "|[^:/\\s]+:[0-9]{1,5}|\\[[0-9a-f:]+]:[0-9]{1,5}",
            message = "must be host:port")
        String emulatorHost,
    @Pattern(
            regexp = "https?://[^/?#\\s]+(/[^?#\\s]*)?",
            message = "must be the address of the service with the role writes (WRITES_BASE_URL)")
        String writesBaseUrl,
    @Pattern(regexp = "|[^@\\s]+@[^@\\s]+", message = "must be a service account's e-mail")
        String serviceAccount,
    String audience,
    @DefaultValue("60s") @DurationMin(seconds = 15) @DurationMax(minutes = 30)
        Duration dispatchDeadline,
    @DefaultValue("8s") @DurationMin(millis = 300) @DurationMax(seconds = 30)
        Duration answerWithin) {

  private static final String LOCAL_PROJECT = "twofold-local";
  private static final String LOCAL_LOCATION = "europe-west1";
  private static final String LOCAL_WRITES = "http://127.0.0.1:8081";

  // The binder passes null for what is not set; the components themselves are never null.
  DispatchSettings {
    emulatorHost = emulatorHost == null ? "" : emulatorHost.strip();
    boolean local = !emulatorHost.isEmpty();
    project = orElse(project, local ? LOCAL_PROJECT : "");
    location = orElse(location, LOCAL_LOCATION);
    writesBaseUrl = orElse(writesBaseUrl, local ? LOCAL_WRITES : "").replaceAll("/+$", "");
    serviceAccount = orElse(serviceAccount, "");
    audience = orElse(audience, root(writesBaseUrl));
  }

  boolean isEmulated() {
    return !emulatorHost.isEmpty();
  }

  private static String orElse(String set, String otherwise) {
    return set == null || set.isBlank() ? otherwise : set.strip();
  }

  /** Cloud Run expects its root, while Cloud Tasks would put in the whole URL of the task. */
  private static String root(String url) {
    return url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")
        ? URI.create(url).resolve("/").toString().replaceAll("/$", "")
        : "";
  }
}
