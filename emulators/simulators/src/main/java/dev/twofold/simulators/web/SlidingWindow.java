package dev.twofold.simulators.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * A strict sliding limit: an interval of the window's length, wherever it is laid, never holds more
 * admitted calls than the limit. Two calls exactly one window apart do not share an interval.
 * Refused calls do not count, or a caller that hammers would stay locked out for ever.
 */
public final class SlidingWindow {
  private final Duration length;
  private final ArrayDeque<Instant> admitted = new ArrayDeque<>();
  private int limit;

  public SlidingWindow(int limit, Duration length) {
    if (limit < 1 || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(
          "a window needs a limit and a length above zero, not " + limit + " per " + length);
    }
    this.limit = limit;
    this.length = length;
  }

  /** Admits and counts the call, or answers false and leaves everything as it was. */
  public boolean admit(Instant now) {
    if (!hasRoom(now)) {
      return false;
    }
    admitted.addLast(now);
    return true;
  }

  public boolean hasRoom(Instant now) {
    forget(now);
    return admitted.size() < limit;
  }

  public int remaining(Instant now) {
    forget(now);
    return Math.max(0, limit - admitted.size());
  }

  private void forget(Instant now) {
    Instant start = now.minus(length);
    while (!admitted.isEmpty() && !admitted.getFirst().isAfter(start)) {
      admitted.removeFirst();
    }
  }

  public int limit() {
    return limit;
  }

  public Duration length() {
    return length;
  }

  public void changeLimit(int changed) {
    if (changed < 1) {
      throw new IllegalArgumentException("a limit is above zero, not " + changed);
    }
    limit = changed;
  }

  public void clear() {
    admitted.clear();
  }
}
