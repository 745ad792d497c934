package dev.twofold.sync.side.stripe;

import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Stripe is reached; a bad setting stops the start.
 *
 * @param apiBase scheme and host, without a path
 * @param connectTimeout for a connection
 * @param answerTimeout for a whole answer; shorter than a task's deadline
 */
@Validated
@ConfigurationProperties("twofold.stripe")
record StripeSettings(
    @Pattern(
            regexp = "https?://[^/?#\\s]+",
            message = "must be scheme and host, such as https://api.stripe.com")
        String apiBase,
    @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration connectTimeout,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration answerTimeout) {

  // The binder passes null for what is not set; the component itself is never null.
  StripeSettings {
    apiBase =
        apiBase == null || apiBase.isBlank()
            ? "https://api.stripe.com"
            : apiBase.strip().replaceAll("/+$", "");
  }
}
