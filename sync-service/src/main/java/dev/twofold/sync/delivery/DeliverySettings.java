package dev.twofold.sync.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How writes are made.
 *
 * @param hubspotLimit calls a HubSpot account allows in any second, 1 to 100, unless its tenant
 *     says otherwise
 * @param stripeLimit calls a Stripe account allows in any second, 1 to 500, likewise
 * @param settle how long creates and bulk writes wait for the rest of their values, 0 to 30 s
 * @param sweepTimer whether this process sweeps each minute by itself; off where a scheduler calls
 */
@Validated
@ConfigurationProperties("twofold.delivery")
public record DeliverySettings(
    @Min(1) @Max(100) @DefaultValue("15") int hubspotLimit,
    @Min(1) @Max(500) @DefaultValue("100") int stripeLimit,
    @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 30) @DefaultValue("1s")
        Duration settle,
    @DefaultValue("true") boolean sweepTimer) {}
