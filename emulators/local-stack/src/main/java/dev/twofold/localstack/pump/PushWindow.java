package dev.twofold.localstack.pump;

import java.time.Duration;

/**
 * How many pushes may be under way. Begins small, grows by one with every message that is
 * acknowledged within a second, so that it doubles with each round, and is halved by a refusal.
 * Refusals without an acknowledgement between them also hold up the whole subscription, 100 ms at
 * first and 60 s at most. Pushes that left before the last refusal say nothing new. Time is handed
 * in as nanoseconds. Not safe for threads.
 *
 * @see <a href="https://docs.cloud.google.com/pubsub/docs/push">Push: flow control, backoff</a>
 */
final class PushWindow {
  static final int FIRST = 5;
  static final int MOST = 1_000;
  private static final long FAST = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_MIN = Duration.ofMillis(100).toNanos();
  private static final long PAUSE_MAX = Duration.ofSeconds(60).toNanos();
  private static final int DOUBLINGS_MAX = 10;

  private int size = FIRST;
  private int underWay;
  private int refusals;
  private long refusedAt = Long.MIN_VALUE;
  private long closedUntil = Long.MIN_VALUE;

  /** How many may be under way. */
  int size() {
    return size;
  }

  /** How many are. */
  int underWay() {
    return underWay;
  }

  /** Until when the subscription is held up; in the past when it is not. */
  long closedUntil() {
    return closedUntil;
  }

  boolean isOpen(long now) {
    return underWay < size && now >= closedUntil;
  }

  void left() {
    underWay++;
  }

  /** The push that left then was acknowledged. */
  void acknowledged(long leftAt, long now) {
    underWay--;
    refusals = 0;
    closedUntil = Long.MIN_VALUE;
    if (now - leftAt < FAST) {
      size = Math.min(MOST, size + 1);
    }
  }

  /** The push that left then was refused, or not answered in time. */
  void refused(long leftAt, long now) {
    underWay--;
    if (leftAt < refusedAt) {
      return;
    }
    refusedAt = now;
    size = Math.max(1, size / 2);
    long pause = Math.min(PAUSE_MAX, PAUSE_MIN << Math.min(refusals, DOUBLINGS_MAX));
    refusals++;
    closedUntil = now + pause;
  }
}
