package dev.twofold.sync.tenant.settings;

import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the secrets are that settings name.
 *
 * @param project the Google Cloud project that holds them
 * @param address host:port of a stand-in spoken to in plain text, or blank for Google's own
 * @param within how long the start waits for all of them
 */
@Validated
@ConfigurationProperties("twofold.secret-manager")
record SecretManagerSettings(
    @DefaultValue("") String project,
    @DefaultValue("")
        @Pattern(regexp = "|[^:/\\s]+:[0-9]{1,5}", message = "must be host:port, or blank")
        String address,
    @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(seconds = 60) Duration within) {}
