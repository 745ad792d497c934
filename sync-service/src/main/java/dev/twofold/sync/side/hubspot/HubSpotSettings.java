package dev.twofold.sync.side.hubspot;

import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How HubSpot is reached; a bad setting stops the start.
 *
 * @param apiBase scheme and host, without a path
 * @param apiVersion {@code v3}, or a dated version such as {@code 2026-09}
 * @param connectTimeout for a connection
 * @param answerTimeout for a whole answer; shorter than a task's deadline
 */
@Validated
@ConfigurationProperties("twofold.hubspot")
record HubSpotSettings(
    @Pattern(
            regexp = "https?://[^/?#\\s]+",
            message = "must be scheme and host, such as https://api.hubapi.com")
        String apiBase,
    @Pattern(regexp = "v3|[0-9]{4}-[0-9]{2}(-beta)?", message = "must be v3 or like 2026-09")
        String apiVersion,
    @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration connectTimeout,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration answerTimeout) {

  // The binder passes null for what is not set; the components themselves are never null.
  HubSpotSettings {
    apiBase =
        apiBase == null || apiBase.isBlank()
            ? "https://api.hubapi.com"
            : apiBase.strip().replaceAll("/+$", "");
    apiVersion = apiVersion == null || apiVersion.isBlank() ? "v3" : apiVersion.strip();
  }
}
