package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A bucket that starts full and fills continuously. In any span of time it gives at most its
 * capacity plus what the rate makes in that span.
 */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private double rate;
  private double capacity;
  private double tokens;
  private Instant filledAt;

  TokenBucket(double rate, double capacity, Instant now) {
    this.rate = rate;
    this.capacity = capacity;
    this.tokens = capacity;
    this.filledAt = now;
  }

  /** Changes the limits from now on; what was earned under the old rate stays, up to the cap. */
  void limit(double newRate, double newCapacity, Instant now) {
    if (newRate == rate && newCapacity == capacity) {
      return;
    }
    fill(now);
    rate = newRate;
    capacity = newCapacity;
    tokens = Math.min(tokens, capacity);
  }

  boolean tryTake(Instant now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** The earliest time at which {@link #tryTake} succeeds if nothing is taken before. */
  Instant nextTokenAt(Instant now) {
    fill(now);
    if (tokens >= 1) {
      return now;
    }
    // Rounded up, and at least a nanosecond, so that whoever waits for it is never too early.
    long wait = Math.max(1, (long) Math.ceil((1 - tokens) / rate * NANOS));
    return now.plusNanos(wait);
  }

  private void fill(Instant now) {
    // A clock that was set back earns nothing for the time it repeats.
    if (now.isBefore(filledAt)) {
      filledAt = now;
    } else if (now.isAfter(filledAt)) {
      double earned = Duration.between(filledAt, now).toNanos() / NANOS * rate;
      tokens = Math.min(capacity, tokens + earned);
      filledAt = now;
    }
  }
}
