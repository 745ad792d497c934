package dev.twofold.ingest.intake;

import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refusal;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Records every delivery once: one wide log event and one timer. Nothing a sender wrote gets into
 * either; a tenant's name is logged only if it is one of ours.
 */
public final class DeliveryJournal {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryJournal.class);

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
    long nanoseconds =
        begun.stop(
            Timer.builder("twofold.ingest.deliveries")
                .description("Webhook deliveries by provider and by what became of them")
                .tag("provider", delivery.provider().label())
                .tag("outcome", label)
                .register(meters));
    LoggingEventBuilder event =
        LOG.atLevel(level(outcome))
            .addKeyValue("tenant", loggedTenant(delivery, outcome))
            .addKeyValue("provider", delivery.provider().label())
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
