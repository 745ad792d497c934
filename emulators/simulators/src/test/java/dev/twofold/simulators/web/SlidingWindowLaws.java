package dev.twofold.simulators.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowLaws {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noIntervalOfOneSecondHoldsMoreThanTheLimitAndNoRoomIsWasted(long seed) {
    Random random = new Random(seed);
    int limit = 1 + random.nextInt(20);
    SlidingWindow window = new SlidingWindow(limit, SECOND);
    List<Instant> admitted = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < 3_000; i++) {
      now = now.plusNanos((long) (random.nextDouble() * 2e9 / limit));
      long inTheLastSecond = countAfter(admitted, now.minus(SECOND));
      boolean admits = window.admit(now);
      assertThat(admits).as("seed %d, call %d", seed, i).isEqualTo(inTheLastSecond < limit);
      if (admits) {
        admitted.add(now);
      }
    }
    for (Instant start : admitted) {
      long held =
          admitted.stream()
              .filter(at -> !at.isBefore(start) && at.isBefore(start.plus(SECOND)))
              .count();
      assertThat(held).isLessThanOrEqualTo(limit);
    }
  }

  private static long countAfter(List<Instant> admitted, Instant start) {
    return admitted.reversed().stream().takeWhile(at -> at.isAfter(start)).count();
  }

  @Test
  void callsExactlyOneSecondApartDoNotShareAnInterval() {
    SlidingWindow window = new SlidingWindow(1, SECOND);

    assertThat(window.admit(START)).isTrue();
    assertThat(window.admit(START.plus(SECOND).minusNanos(1))).isFalse();
    assertThat(window.admit(START.plus(SECOND))).isTrue();
  }

  @Test
  void refusedCallsDoNotCount() {
    SlidingWindow window = new SlidingWindow(1, SECOND);
    window.admit(START);

    for (int i = 1; i < 10; i++) {
      assertThat(window.admit(START.plusMillis(i * 100L))).isFalse();
    }
    assertThat(window.admit(START.plusMillis(1_000))).isTrue();
  }

  @Test
  void followsAChangedLimitAtOnce() {
    SlidingWindow window = new SlidingWindow(2, SECOND);
    window.admit(START);
    window.admit(START);

    window.changeLimit(3);

    assertThat(window.admit(START)).isTrue();
    assertThat(window.admit(START)).isFalse();
    assertThat(window.remaining(START)).isZero();
  }

  @Test
  void theCallLogFindsTheHighestSecondWhereverItLies() {
    Random random = new Random(7);
    CallLog log = new CallLog();
    List<Instant> all = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < 2_000; i++) {
      now = now.plusMillis(random.nextInt(200));
      all.add(now);
      log.add(new CallLog.Call(now, "GET /", 200, false, ""));
    }
    long highest =
        all.stream()
            .mapToLong(start ->
                all.stream()
                    .filter(at -> !at.isBefore(start) && at.isBefore(start.plus(SECOND)))
                    .count())
            .max()
            .orElseThrow();
    assertThat(log.highestPerSecond()).isEqualTo((int) highest);
    assertThat(log.total()).isEqualTo(2_000);
    assertThat(log.lastCallAt()).contains(now);
  }
}
