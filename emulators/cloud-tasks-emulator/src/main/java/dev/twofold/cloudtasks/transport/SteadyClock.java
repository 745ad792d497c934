package dev.twofold.cloudtasks.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day without its small corrections: it runs evenly, so that rates are kept to the
 * nanosecond, and follows the system's clock only when the two are seconds apart, as after sleep.
 */
public final class SteadyClock implements InstantSource {

  private static final Duration DRIFT_MAX = Duration.ofSeconds(2);

  private record Base(Instant instant, long nanoTime) {
    Instant at(long nanos) {
      return instant.plusNanos(nanos - nanoTime);
    }
  }

  private final InstantSource wall = InstantSource.system();
  private volatile Base base = new Base(wall.instant(), System.nanoTime());

  @Override
  public Instant instant() {
    long nanos = System.nanoTime();
    Instant steady = base.at(nanos);
    Instant real = wall.instant();
    if (Duration.between(steady, real).abs().compareTo(DRIFT_MAX) > 0) {
      base = new Base(real, nanos);
      return real;
    }
    return steady;
  }
}
