package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PushWindowTest {
  private static final long MILLIS = Duration.ofMillis(1).toNanos();

  private final PushWindow window = new PushWindow();

  @Test
  void doublesWithEachRoundThatIsAnsweredFast() {
    round(0, PushWindow.FIRST);
    assertThat(window.size()).isEqualTo(2 * PushWindow.FIRST);

    round(100, 2 * PushWindow.FIRST);
    assertThat(window.size()).isEqualTo(4 * PushWindow.FIRST);
  }

  @Test
  void growsNoFurtherThanItsMost() {
    for (int push = 0; push < 2 * PushWindow.MOST; push++) {
      window.left();
      window.acknowledged(0, MILLIS);
    }

    assertThat(window.size()).isEqualTo(PushWindow.MOST);
  }

  @Test
  void staysAsItIsWhileAnswersAreSlow() {
    window.left();
    window.acknowledged(0, 1_000 * MILLIS);

    assertThat(window.size()).isEqualTo(PushWindow.FIRST);
  }

  @Test
  void letsNoMoreLeaveThanItHolds() {
    for (int push = 0; push < PushWindow.FIRST; push++) {
      assertThat(window.isOpen(0)).isTrue();
      window.left();
    }

    assertThat(window.isOpen(0)).isFalse();
  }

  @Test
  void isHalvedOnceByRefusalsOfOneRound() {
    round(0, PushWindow.FIRST);
    round(100, 2 * PushWindow.FIRST);

    for (int push = 0; push < 10; push++) {
      window.left();
    }
    for (int push = 0; push < 10; push++) {
      window.refused(200 * MILLIS, 210 * MILLIS);
    }

    assertThat(window.size()).isEqualTo(2 * PushWindow.FIRST);
    assertThat(window.underWay()).isZero();
  }

  @Test
  void holdsUpTheSubscriptionLongerWithEachRoundOfRefusals() {
    long now = 0;
    long[] pauses = new long[12];
    for (int round = 0; round < pauses.length; round++) {
      window.left();
      window.refused(now, now);
      pauses[round] = (window.closedUntil() - now) / MILLIS;
      assertThat(window.isOpen(window.closedUntil() - 1)).isFalse();
      assertThat(window.isOpen(window.closedUntil())).isTrue();
      now = window.closedUntil();
    }

    assertThat(pauses)
        .containsExactly(
            100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 60_000, 60_000);
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void opensAtOnceWhenAMessageIsAcknowledged() {
    window.left();
    window.left();
    window.refused(0, MILLIS);

    window.acknowledged(0, 2 * MILLIS);

    assertThat(window.isOpen(2 * MILLIS)).isTrue();
  }

  private void round(long beginMillis, int pushes) {
    for (int push = 0; push < pushes; push++) {
      window.left();
    }
    for (int push = 0; push < pushes; push++) {
      window.acknowledged(beginMillis * MILLIS, (beginMillis + 20) * MILLIS);
    }
  }
}
