package dev.twofold.localstack.pump;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Which message is pushed when. Holds what was pulled until it is acknowledged or a dead letter:
 * waiting for the window, under way, or waiting for its backoff to pass. Time is handed in as
 * nanoseconds. Not safe for threads.
 */
final class PushPlan {
  /** Pulled and not yet settled, at most: what the emulator must not deliver to anybody else. */
  static final int HELD_MAX = 1_000;

  /** Ready to leave as soon as the window lets them, at most. */
  static final int READY_MAX = 200;

  /** A message on its way through. */
  static final class Push {
    private final PulledMessage message;
    private int attempts;
    private long dueAt;
    private long leftAt;

    private Push(PulledMessage message) {
      this.message = message;
      this.attempts = message.attempt() - 1;
    }

    PulledMessage message() {
      return message;
    }

    /** Which push of it is under way, or was the last, from one. */
    int attempts() {
      return attempts;
    }
  }

  private final PumpSettings settings;
  private final PushWindow window = new PushWindow();
  private final Map<String, Push> held = new HashMap<>();
  private final ArrayDeque<Push> ready = new ArrayDeque<>();
  private final PriorityQueue<Push> later =
      new PriorityQueue<>(Comparator.comparingLong(push -> push.dueAt));

  PushPlan(PumpSettings settings) {
    this.settings = settings;
  }

  /** How many messages may be pulled. */
  int room() {
    return Math.max(0, Math.min(HELD_MAX - held.size(), READY_MAX - ready.size()));
  }

  /** Takes a message in; one that is held already was delivered twice and is held once. */
  void offer(PulledMessage message) {
    Push push = new Push(message);
    if (held.putIfAbsent(message.ackId(), push) == null) {
      ready.addLast(push);
    }
  }

  /** The next push, if one may leave now. */
  Optional<Push> next(long now) {
    while (!later.isEmpty() && later.peek().dueAt <= now) {
      ready.addLast(later.remove());
    }
    if (ready.isEmpty() || !window.isOpen(now)) {
      return Optional.empty();
    }
    Push push = ready.removeFirst();
    push.attempts++;
    push.leftAt = now;
    window.left();
    return Optional.of(push);
  }

  /** When {@link #next} may have something although nothing was answered; never: the maximum. */
  long nextAt(long now) {
    long wakeAt = later.isEmpty() ? Long.MAX_VALUE : later.peek().dueAt;
    if (!ready.isEmpty() && window.closedUntil() > now) {
      wakeAt = Math.min(wakeAt, window.closedUntil());
    }
    return wakeAt;
  }

  /** The endpoint has taken the message. */
  void acknowledged(Push push, long now) {
    window.acknowledged(push.leftAt, now);
    held.remove(push.message.ackId());
  }

  /** The endpoint has not taken it. True when it was pushed often enough: it is a dead letter. */
  boolean refused(Push push, long now) {
    window.refused(push.leftAt, now);
    if (push.attempts >= settings.attemptsMax()) {
      return true;
    }
    again(push, now);
    return false;
  }

  /** The dead letter is where it belongs. */
  void putAway(Push push) {
    held.remove(push.message.ackId());
  }

  /** The dead letter could not be put away: it is pushed again, later. */
  void again(Push push, long now) {
    push.dueAt = now + settings.backoff(Math.max(1, push.attempts)).toNanos();
    later.add(push);
  }

  /** The deliveries whose deadline is to be moved on. */
  List<String> ackIds() {
    return new ArrayList<>(held.keySet());
  }

  /** How many pushes may be under way now. */
  int windowSize() {
    return window.size();
  }

  int underWay() {
    return window.underWay();
  }

  int held() {
    return held.size();
  }
}
