package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.twofold.ingest.intake.DeliveryBody.BodyRead;
import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refusal;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import dev.twofold.ingest.signature.Proof;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class DeliveryJournalTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(DeliveryJournal.class);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final MockClock clock = new MockClock();
  private final DeliveryJournal journal =
      new DeliveryJournal(new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock));

  @BeforeEach
  void listen() {
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(events);
  }

  @Test
  void writesOneWideEventForAnAcceptedDelivery() {
    ILoggingEvent event = record("main", new Accepted("4242", 5, 1234));

    assertThat(event.getMessage()).isEqualTo("ingest.accepted");
    assertThat(event.getLevel()).isEqualTo(Level.INFO);
    assertThat(values(event))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "tenant", "main",
                "provider", "stripe",
                "outcome", "accepted",
                "notices", 5,
                "bytes", 1234,
                "messageId", "4242",
                "milliseconds", 17L));
  }

  @Test
  void writesOneWideEventForARefusedDelivery() {
    ILoggingEvent event =
        record("main", new Refused(Refusal.NOT_ACKNOWLEDGED, "told", "Pub/Sub hangs", 99));

    assertThat(event.getMessage()).isEqualTo("ingest.refused");
    assertThat(event.getLevel()).isEqualTo(Level.WARN);
    assertThat(values(event))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "tenant", "main",
                "provider", "stripe",
                "outcome", "not-acknowledged",
                "cause", "Pub/Sub hangs",
                "bytes", 99,
                "milliseconds", 17L));
  }

  @Test
  void neverRepeatsANameThatAStrangerChose() {
    ILoggingEvent event =
        record("zoe@example.com\nforged line", new Refused(Refusal.UNKNOWN_TENANT, "d", "c", 0));

    assertThat(values(event)).containsEntry("tenant", "unknown");
    assertThat(event.getLevel()).isEqualTo(Level.INFO);
  }

  private ILoggingEvent record(String tenant, IntakeOutcome outcome) {
    Timer.Sample begun = journal.begin();
    clock.add(Duration.ofMillis(17));
    journal.record(
        new Delivery(
            tenant, new Proof.FromStripe(List.of("t=1,v1=00")), _ -> new BodyRead.TooLarge()),
        outcome,
        begun);
    assertThat(events.list).hasSize(1);
    return events.list.getFirst();
  }

  private static Map<String, Object> values(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .collect(
            Collectors.toMap((KeyValuePair pair) -> pair.key, (KeyValuePair pair) -> pair.value));
  }
}
