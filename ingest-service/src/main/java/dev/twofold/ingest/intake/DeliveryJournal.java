package dev.twofold.ingest.intake;

import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refusal;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Records every delivery once: one wide log event, one count and one time. Nothing a sender wrote
 * gets into any; a tenant is named only if it is one of ours.
 */
public final class DeliveryJournal {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryJournal.class);

  /** Bounds up to the 5 s after which a provider gives up. */
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(3),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry meters;

  public DeliveryJournal(MeterRegistry meters) {
    this.meters = meters;
  }

  Timer.Sample begin() {
    return Timer.start(meters);
  }

  void record(Delivery delivery, IntakeOutcome outcome, Timer.Sample begun) {
    String label =
        switch (outcome) {
          case Accepted _ -> "accepted";
          case Refused refused -> refused.refusal().label();
        };
    String provider = delivery.provider().label();
    String tenant = loggedTenant(delivery, outcome);
    meters
        .counter(
            "twofold.intake.deliveries",
            "provider",
            provider,
            "tenant",
            tenant,
            "outcome",
            figure(outcome))
        .increment();
    long nanoseconds =
        begun.stop(
            Timer.builder("twofold.intake.duration")
                .serviceLevelObjectives(DURATIONS)
                .tag("provider", provider)
                .tag("outcome", figure(outcome))
                .register(meters));
    LoggingEventBuilder event =
        LOG.atLevel(level(outcome))
            .addKeyValue("tenant", tenant)
            .addKeyValue("provider", provider)
            .addKeyValue("outcome", label)
            .addKeyValue("bytes", outcome.bytes())
            .addKeyValue("milliseconds", TimeUnit.NANOSECONDS.toMillis(nanoseconds));
    switch (outcome) {
      case Accepted accepted ->
          event
              .addKeyValue("notices", accepted.notices())
              .addKeyValue("messageId", accepted.messageId())
              .log("ingest.accepted");
      case Refused refused -> event.addKeyValue("cause", refused.cause()).log("ingest.refused");
    }
  }

  /** The outcome in the words of the figures, which are what an operator can do about it. */
  private static String figure(IntakeOutcome outcome) {
    return switch (outcome) {
      case Accepted _ -> "accepted";
      case Refused refused ->
          switch (refused.refusal()) {
            case UNKNOWN_TENANT -> "unknown_tenant";
            case NOT_CONNECTED -> "unconnected";
            case BUSY, NOT_ACKNOWLEDGED -> "unavailable";
            case TOO_LARGE -> "too_large";
            case NOT_AUTHENTIC -> "forged";
            case MALFORMED -> "malformed";
            case INCOMPLETE -> "incomplete";
          };
    };
  }

  private static String loggedTenant(Delivery delivery, IntakeOutcome outcome) {
    return outcome instanceof Refused refused && refused.refusal() == Refusal.UNKNOWN_TENANT
        ? "unknown"
        : delivery.tenant();
  }

  /** What strangers can cause is information; what an operator can mend is a warning. */
  private static Level level(IntakeOutcome outcome) {
    return switch (outcome) {
      case Accepted _ -> Level.INFO;
      case Refused refused ->
          switch (refused.refusal()) {
            case NOT_CONNECTED, BUSY, MALFORMED, NOT_ACKNOWLEDGED -> Level.WARN;
            case UNKNOWN_TENANT, TOO_LARGE, INCOMPLETE, NOT_AUTHENTIC -> Level.INFO;
          };
    };
  }
}
