package dev.twofold.sync.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {

  private final HandMovedTime time = new HandMovedTime();

  @Test
  void letsCallsBelowTheLimitGoAtOnce() {
    Pacer pacer = pacer(PaceSettings.of(3));

    assertThat(call(pacer, Lane.EXPRESS)).isTrue();
    assertThat(call(pacer, Lane.EXPRESS)).isTrue();
    assertThat(call(pacer, Lane.EXPRESS)).isTrue();

    assertThat(time.elapsed()).isZero();
  }

  @Test
  void holdsTheCallAboveTheLimitForTheSecondAndTheMargin() {
    Pacer pacer = pacer(PaceSettings.of(2));

    leave(pacer, 3);

    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(1_040));
  }

  @Test
  void countsACallFromWhenItHasGoneOut() {
    Pacer pacer = pacer(PaceSettings.of(1));

    pacer.call(
        Lane.EXPRESS,
        sent -> {
          time.move(Duration.ofMillis(300));
          sent.run();
          time.move(Duration.ofMillis(200));
          return true;
        });
    leave(pacer, 1);

    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(300 + 1_020));
  }

  @Test
  void countsACallThatDoesNotSaySoFromItsEnd() {
    Pacer pacer = pacer(PaceSettings.of(1));

    assertThatThrownBy(() -> pacer.call(Lane.EXPRESS, sent -> failAfter(Duration.ofMillis(500))))
        .hasMessage("broken");
    leave(pacer, 1);

    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(500 + 1_020));
  }

  @Test
  void refusesAtOnceWhatWouldWaitTooLong() {
    Pacer pacer = pacer(new PaceSettings(1, Duration.ofMillis(40), Duration.ofMillis(500), 10));
    leave(pacer, 1);

    assertThat(call(pacer, Lane.EXPRESS)).isFalse();

    assertThat(time.elapsed()).isZero();
    assertThat(pacer.waiting(Lane.EXPRESS)).isZero();
  }

  @Test
  void refusesWhenTooManyWaitAlready() {
    Pacer pacer = pacer(new PaceSettings(1, Duration.ofMillis(40), Duration.ofSeconds(10), 1));
    leave(pacer, 1);
    List<Boolean> oneMore = new ArrayList<>();
    time.whileParked(() -> oneMore.add(call(pacer, Lane.EXPRESS)));

    assertThat(call(pacer, Lane.BULK)).isTrue();

    assertThat(oneMore).containsExactly(false);
  }

  @Test
  void refusesAnInterruptedThreadAndLeavesItInterrupted() {
    Pacer pacer = pacer(PaceSettings.of(1));
    leave(pacer, 1);
    Thread.currentThread().interrupt();

    assertThat(call(pacer, Lane.BULK)).isFalse();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(pacer.waiting(Lane.BULK)).isZero();
  }

  @Test
  void wakesWhoeverWaitsWhenTheLimitIsRaised() {
    Pacer pacer = pacer(PaceSettings.of(1));
    leave(pacer, 1);
    time.whileParked(() -> pacer.limitTo(100));

    assertThat(call(pacer, Lane.EXPRESS)).isTrue();

    assertThat(time.elapsed()).isZero();
    assertThat(time.woken).containsExactly(Thread.currentThread());
  }

  @Test
  void wakesOnlyTheNextWhenACallIsGivenUp() {
    Pacer pacer = pacer(PaceSettings.of(1));
    leave(pacer, 1);
    time.whileParked(() -> {
      time.whileParked(() -> {
        Thread.currentThread().interrupt();
        assertThat(call(pacer, Lane.BULK)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.woken).hasSize(1);
      });
      // Behind one that cannot go on before this returns, so that it is given up in the end.
      assertThat(call(pacer, Lane.BULK)).isFalse();
    });

    assertThat(call(pacer, Lane.BULK)).isTrue();

    assertThat(time.woken).hasSize(2);
  }

  @Test
  void pacesAtItsShareWhileOtherProcessesWrite() {
    Pacer pacer = pacer(PaceSettings.of(15));
    pacer.share(2);

    leave(pacer, 7);
    assertThat(time.elapsed()).isZero();
    leave(pacer, 1);
    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(1_040));
    assertThat(pacer.limit()).isEqualTo(15);
  }

  @Test
  void keepsTheLimitEvenWhenMoreProcessesThanCallsShareIt() {
    Pacer pacer = pacer(PaceSettings.of(1));
    pacer.share(3);

    leave(pacer, 2);

    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(3_040));
  }

  @Test
  void lowersTheLimitOnceForRefusalsThatArriveTogether() {
    Pacer pacer = pacer(PaceSettings.of(100));

    pacer.lowered("endpoint-rate");
    time.move(Duration.ofMillis(1_500));
    pacer.lowered("endpoint-rate");

    assertThat(pacer.limit()).isEqualTo(75);
    assertThat(pacer.loweredScopes()).containsExactly(Map.entry("endpoint-rate", 75));
  }

  @Test
  void lowersTheLimitFurtherWhileTheProviderKeepsRefusing() {
    Pacer pacer = pacer(PaceSettings.of(100));

    pacer.lowered("endpoint-rate");
    time.move(Duration.ofSeconds(3));
    pacer.lowered("endpoint-rate");

    assertThat(pacer.limit()).isEqualTo(57);
  }

  @Test
  void neverLowersTheLimitBelowOne() {
    Pacer pacer = pacer(PaceSettings.of(2));

    for (int i = 0; i < 5; i++) {
      pacer.lowered("global-rate");
      time.move(Duration.ofSeconds(3));
    }

    assertThat(pacer.limit()).isEqualTo(1);
  }

  @Test
  void recoversByStepsAndForgetsTheScope() {
    Pacer pacer = pacer(PaceSettings.of(100));
    pacer.lowered("endpoint-rate");
    List<Integer> limits = new ArrayList<>();

    for (int step = 0; step < 4; step++) {
      time.move(Duration.ofSeconds(10));
      limits.add(pacer.limit());
    }

    assertThat(limits).containsExactly(85, 95, 100, 100);
    assertThat(pacer.loweredScopes()).isEmpty();
  }

  @Test
  void holdsEveryCallForAsLongAsTheProviderAsks() {
    Pacer pacer = pacer(PaceSettings.of(100));

    pacer.lowered("SECONDLY", Duration.ofSeconds(3));

    assertThat(call(pacer, Lane.EXPRESS)).isTrue();
    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(call(pacer, Lane.EXPRESS)).isTrue();
    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesCallsThatTheProviderHoldsForLongerThanTheyMayWait() {
    Pacer pacer = pacer(PaceSettings.of(100));

    pacer.lowered("DAILY", Duration.ofDays(1));

    assertThat(call(pacer, Lane.EXPRESS)).isFalse();
    time.move(Duration.ofMinutes(5));
    assertThat(call(pacer, Lane.EXPRESS)).isTrue();
  }

  @Test
  void boundsTheScopesItRemembers() {
    Pacer pacer = pacer(PaceSettings.of(1_000));

    for (int i = 0; i < 40; i++) {
      pacer.lowered("scope-" + i);
    }

    assertThat(pacer.loweredScopes()).hasSize(17).containsKey("other");
  }

  @Test
  void refusesALimitThatCannotBeKept() {
    assertThatThrownBy(() -> pacer(PaceSettings.of(5)).limitTo(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("came 0");
  }

  @Test
  void keepsTheWindowLawWithRealThreadsAndTimers() throws InterruptedException {
    ThreadLocal<Long> lastSeen = new ThreadLocal<>();
    Pacer pacer =
        new Pacer(
            new PaceSettings(100, Duration.ofMillis(40), Duration.ofSeconds(60), 400),
            () -> {
              long now = System.nanoTime();
              lastSeen.set(now);
              return now;
            },
            Parking.THREADS);
    List<Long> leaves = Collections.synchronizedList(new ArrayList<>());

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 250; i++) {
        Lane lane = i % 5 == 0 ? Lane.EXPRESS : Lane.BULK;
        threads.execute(() -> {
          pacer.call(lane, sent -> leaves.add(lastSeen.get()));
        });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    List<Long> ordered = leaves.stream().sorted().toList();
    assertThat(ordered).hasSize(250);
    for (int i = 100; i < ordered.size(); i++) {
      assertThat(ordered.get(i) - ordered.get(i - 100)).isGreaterThan(Traffic.SECOND);
    }
  }

  private Pacer pacer(PaceSettings settings) {
    return new Pacer(settings, time, time);
  }

  private boolean failAfter(Duration after) {
    time.move(after);
    throw new IllegalStateException("broken");
  }

  /** Whether it was made; it is sent at once. */
  private static boolean call(Pacer pacer, Lane lane) {
    return pacer.call(lane, sent -> true).orElse(false);
  }

  private static void leave(Pacer pacer, int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(call(pacer, Lane.EXPRESS)).isTrue();
    }
  }
}
