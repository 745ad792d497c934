package dev.twofold.simulators.web;

import java.time.Duration;

/** So many calls in any interval of that length. Refuses anything not above zero. */
public record RateLimit(int calls, Duration window) {
  public RateLimit {
    if (calls < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "a rate limit needs calls and a window above zero, not " + calls + " per " + window);
    }
  }

  public static RateLimit perSecond(int calls) {
    return new RateLimit(calls, Duration.ofSeconds(1));
  }

  public SlidingWindow open() {
    return new SlidingWindow(calls, window);
  }
}
