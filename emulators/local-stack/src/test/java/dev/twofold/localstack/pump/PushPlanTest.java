package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PushPlanTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final PushPlan plan =
      new PushPlan(
          new PumpSettings(
              "http://127.0.0.1:1/notices",
              Duration.ofSeconds(60),
              Duration.ofSeconds(1),
              Duration.ofSeconds(60),
              5));

  @Test
  void pushesInTheOrderOfArrivalAsFarAsTheWindowGoes() {
    offer(PushWindow.FIRST + 2);

    assertThat(leaving(0)).containsExactly("a0", "a1", "a2", "a3", "a4");
    assertThat(plan.next(0)).isEmpty();
  }

  @Test
  void repeatsARefusedMessageLaterAndLater() {
    offer(1);
    long now = 0;
    List<Long> waits = new ArrayList<>();
    for (int attempt = 1; attempt < 5; attempt++) {
      PushPlan.Push push = plan.next(now).orElseThrow();
      assertThat(push.attempts()).isEqualTo(attempt);
      assertThat(plan.refused(push, now)).isFalse();
      long due = plan.nextAt(now);
      assertThat(plan.next(due - 1)).isEmpty();
      waits.add((due - now) / SECOND);
      now = due;
    }

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L);
  }

  @Test
  void makesADeadLetterOfWhatWasPushedOftenEnough() {
    offer(1);
    long now = 0;
    boolean dead = false;
    for (int attempt = 1; attempt <= 5; attempt++) {
      dead = plan.refused(plan.next(now).orElseThrow(), now);
      now += 60 * SECOND;
    }

    assertThat(dead).isTrue();
    assertThat(plan.held()).isEqualTo(1);
  }

  @Test
  void countsTheDeliveriesThatWereBeforeIts() {
    plan.offer(new PulledMessage("a0", 5, JsonMapper.shared().createObjectNode()));

    assertThat(plan.refused(plan.next(0).orElseThrow(), 0)).isTrue();
  }

  @Test
  void letsGoOfWhatIsAcknowledgedAndOfDeadLetters() {
    offer(2);
    PushPlan.Push first = plan.next(0).orElseThrow();
    PushPlan.Push second = plan.next(0).orElseThrow();

    plan.acknowledged(first, 1);
    plan.putAway(second);

    assertThat(plan.ackIds()).isEmpty();
  }

  @Test
  void holdsOnceWhatIsDeliveredTwice() {
    offer(1);
    offer(1);

    assertThat(leaving(0)).containsExactly("a0");
  }

  @Test
  void pullsNoMoreThanItMayHold() {
    assertThat(plan.room()).isEqualTo(PushPlan.READY_MAX);

    offer(PushPlan.READY_MAX - 3);
    assertThat(plan.room()).isEqualTo(3);

    offer(PushPlan.READY_MAX);
    assertThat(plan.room()).isZero();
  }

  @Test
  void waitsForNothingWhileNothingIsHeld() {
    assertThat(plan.nextAt(0)).isEqualTo(Long.MAX_VALUE);
  }

  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      plan.offer(new PulledMessage("a" + i, 1, JsonMapper.shared().createObjectNode()));
    }
  }

  private List<String> leaving(long now) {
    List<String> leaving = new ArrayList<>();
    Optional<PushPlan.Push> next = plan.next(now);
    while (next.isPresent()) {
      leaving.add(next.get().message().ackId());
      next = plan.next(now);
    }
    return leaving;
  }
}
