package dev.twofold.sync.reconcile;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How notices are merged.
 *
 * @param settle how long creates and bulk writes wait for the rest of their values, 0 to 30 s
 */
@Validated
@ConfigurationProperties("twofold.reconcile")
public record ReconcileSettings(
    @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 30) @DefaultValue("1s")
        Duration settle) {}
