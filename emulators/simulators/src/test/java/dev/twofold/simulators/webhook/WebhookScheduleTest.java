package dev.twofold.simulators.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.hubspot.engine.HubSpotWebhookFormat;
import dev.twofold.simulators.web.HandClock;
import dev.twofold.simulators.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookScheduleTest {
  private static final String URL = "https://sync.example.com/webhooks/hubspot/main";
  private static final DeliveryAnswer OK = new DeliveryAnswer.Status(204);

  private final HandClock clock = new HandClock();
  private WebhookSchedule schedule = schedule(WebhookSettings.hubSpot(URL));
  private int nextId = 1;

  private static WebhookSchedule schedule(WebhookSettings settings) {
    return new WebhookSchedule(
        new HubSpotWebhookFormat("secret", () -> URL), settings, new Random(5));
  }

  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      String id = Integer.toString(nextId++);
      schedule.offer(
          new Notice(id, clock.instant(), Json.object().put("eventId", id)), clock.instant());
    }
  }

  private List<Delivery> advance(Duration by) {
    return schedule.due(clock.advance(by));
  }

  @Test
  void gathersNoticesForAMomentAndThenSendsThemTogether() {
    offer(3);

    assertThat(schedule.due(clock.instant())).isEmpty();
    assertThat(schedule.nextDueAt()).contains(clock.instant().plusMillis(20));
    List<Delivery> due = advance(Duration.ofMillis(20));

    assertThat(due).hasSize(1);
    assertThat(due.getFirst().notices()).hasSize(3);
    assertThat(Json.read(due.getFirst().body()).orElseThrow().size()).isEqualTo(3);
  }

  @Test
  void neverPutsMoreThanAHundredIntoADeliveryAndSendsFullOnesAtOnce() {
    offer(230);

    List<Delivery> full = schedule.due(clock.instant());
    List<Delivery> rest = advance(Duration.ofMillis(20));

    assertThat(full).extracting(one -> one.notices().size()).containsExactly(100, 100);
    assertThat(rest).extracting(one -> one.notices().size()).containsExactly(30);
  }

  @Test
  void keepsNoMoreThanTheConcurrencyInFlight() {
    schedule = schedule(WebhookSettings.hubSpot(URL).grouped(1, Duration.ZERO));
    offer(25);

    List<Delivery> due = schedule.due(clock.instant());

    assertThat(due).hasSize(10);
    assertThat(schedule.nextDueAt()).isEmpty();
    schedule.answered(due.getFirst(), OK, clock.instant());
    assertThat(schedule.due(clock.instant())).hasSize(1);
  }

  @Test
  void sendsTheSameArrayAgainWithAHigherAttemptNumberAndANewSignature() {
    offer(2);
    Delivery first = advance(Duration.ofMillis(20)).getFirst();

    schedule.answered(first, new DeliveryAnswer.Status(401), clock.instant());
    clock.set(schedule.nextDueAt().orElseThrow());
    Delivery second = schedule.due(clock.instant()).getFirst();

    assertThat(second.attempt()).isEqualTo(1);
    assertThat(second.notices()).isEqualTo(first.notices());
    assertThat(new String(second.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"attemptNumber\":1");
    assertThat(second.headers().get("X-HubSpot-Request-Timestamp"))
        .isNotEqualTo(first.headers().get("X-HubSpot-Request-Timestamp"));
  }

  @Test
  void givesUpAfterTenRetriesAndSaysSo() {
    List<Boolean> fates = new ArrayList<>();
    schedule.onSettled((notice, delivered) -> fates.add(delivered));
    offer(1);
    Instant start = clock.instant();
    int attempts = 0;
    while (schedule.nextDueAt().isPresent()) {
      clock.set(schedule.nextDueAt().orElseThrow());
      Delivery delivery = schedule.due(clock.instant()).getFirst();
      schedule.answered(delivery, new DeliveryAnswer.NoAnswer("slow"), clock.instant());
      attempts++;
    }

    assertThat(attempts).isEqualTo(11);
    assertThat(fates).containsExactly(false);
    assertThat(schedule.counts().givenUp()).isEqualTo(1);
    assertThat(Duration.between(start, clock.instant())).isLessThan(Duration.ofHours(24));
  }

  @Test
  void compressesThePausesBetweenAttempts() {
    schedule = schedule(WebhookSettings.hubSpot(URL).compressed(60));
    offer(1);
    Delivery first = advance(Duration.ofMillis(20)).getFirst();

    schedule.answered(first, new DeliveryAnswer.Status(503), clock.instant());

    assertThat(Duration.between(clock.instant(), schedule.nextDueAt().orElseThrow()))
        .isBetween(Duration.ofMillis(700), Duration.ofMillis(1_100));
  }

  @Test
  void takesARedirectForAFailure() {
    assertThat(new DeliveryAnswer.Status(302).delivered()).isFalse();
    assertThat(new DeliveryAnswer.Status(299).delivered()).isTrue();
    assertThat(new DeliveryAnswer.NoAnswer("slow").delivered()).isFalse();
  }

  @Test
  void repeatsDeliveredDeliveriesWhenAskedTo() {
    schedule = schedule(WebhookSettings.hubSpot(URL).disturbed(1, 0, Duration.ofSeconds(5)));
    offer(4);
    Delivery first = advance(Duration.ofMillis(20)).getFirst();
    schedule.answered(first, OK, clock.instant());

    clock.set(schedule.nextDueAt().orElseThrow());
    Delivery again = schedule.due(clock.instant()).getFirst();
    schedule.answered(again, OK, clock.instant());

    assertThat(again.notices()).isEqualTo(first.notices());
    assertThat(schedule.nextDueAt()).isEmpty();
    assertThat(schedule.counts().delivered()).isEqualTo(4);
  }

  @Test
  void holdsNoticesBackWhenDisorderIsAskedForAndLosesNone() {
    schedule =
        schedule(
            WebhookSettings.hubSpot(URL)
                .grouped(1, Duration.ZERO)
                .withConcurrency(1_000)
                .disturbed(0, 0.5, Duration.ofSeconds(5)));
    offer(200);
    List<Integer> order = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      for (Delivery delivery : advance(Duration.ofMillis(100))) {
        order.add(Integer.parseInt(delivery.notices().getFirst().id()));
        schedule.answered(delivery, OK, clock.instant());
      }
    }
    Set<Integer> all = new HashSet<>(order);

    assertThat(all).hasSize(200);
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void dropsNoticesWhereNoAddressIsKnown() {
    schedule = schedule(WebhookSettings.hubSpot(""));
    offer(1);

    assertThat(schedule.nextDueAt()).isEmpty();
    assertThat(schedule.counts().notices()).isZero();
  }

  @Test
  void refusesAnAnswerToADeliveryThatIsNotOut() {
    offer(1);
    Delivery delivery = advance(Duration.ofMillis(20)).getFirst();
    schedule.answered(delivery, OK, clock.instant());

    assertThatThrownBy(() -> schedule.answered(delivery, OK, clock.instant()))
        .isInstanceOf(IllegalStateException.class);
  }
}
