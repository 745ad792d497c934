package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the service does to a queue whose target is in trouble. Google documents that 429, 503 and a
 * high error rate lower the whole queue's rate, that Retry-After is considered and that the rate
 * recovers, but no figures; ours are: half at each cut, at most one cut a second, never below a
 * hundredth, back by a tenth of the full rate each second without trouble.
 */
final class Slowdown {

  private static final double CUT = 0.5;
  private static final double LEAST = 0.01;
  private static final double RECOVERY_PER_SECOND = 0.1;
  private static final Duration CUT_GAP = Duration.ofSeconds(1);
  private static final Duration HOLD_MAX = Duration.ofHours(1);
  private static final double RAMP_START = 0.1;
  private static final int ERRORS_SAMPLE_MIN = 20;

  private final boolean throttling;
  private final Duration rampUp;

  private double factor = 1;
  private double recoveryPerSecond = RECOVERY_PER_SECOND;
  private Instant changedAt;
  private @Nullable Instant cutAt;
  private Instant heldUntil = Instant.MIN;
  private int answers;
  private int errors;
  private Instant sampleSince;

  Slowdown(EngineSettings settings, Instant now) {
    this.throttling = settings.throttling();
    this.rampUp = settings.rampUp();
    this.changedAt = now;
    this.sampleSince = now;
    rampUp(now);
  }

  /** Starts slowly, as the service does for a new, idle or resumed queue, where that is on. */
  void rampUp(Instant now) {
    if (rampUp.isPositive()) {
      factor = RAMP_START;
      recoveryPerSecond = (1 - RAMP_START) / (rampUp.toNanos() / 1e9);
      changedAt = now;
    }
  }

  /** The share of the queue's own rate that is in force, from nearly nothing to one. */
  double factor(Instant now) {
    if (factor == 1 || !now.isAfter(changedAt)) {
      return factor;
    }
    double seconds = Duration.between(changedAt, now).toNanos() / 1e9;
    factor = Math.min(1, factor + seconds * recoveryPerSecond);
    changedAt = now;
    if (factor == 1) {
      recoveryPerSecond = RECOVERY_PER_SECOND;
    }
    return factor;
  }

  /** No call leaves before this: a target's own Retry-After. */
  Instant heldUntil() {
    return heldUntil;
  }

  void answered(Answer answer, Instant now) {
    if (!throttling) {
      return;
    }
    boolean overloaded = isOverload(answer) || isErrorRateHigh(answer, now);
    if (overloaded && (cutAt == null || !now.isBefore(cutAt.plus(CUT_GAP)))) {
      factor = Math.max(LEAST, factor(now) * CUT);
      recoveryPerSecond = RECOVERY_PER_SECOND;
      changedAt = now;
      cutAt = now;
    }
    if (isOverload(answer)
        && answer instanceof Answer.Status status
        && status.retryAfter() != null) {
      Instant until = now.plus(least(status.retryAfter(), HOLD_MAX));
      heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
    }
  }

  private static boolean isOverload(Answer answer) {
    return answer instanceof Answer.Status status && (status.code() == 429 || status.code() == 503);
  }

  // More than half of at least twenty answers within ten seconds failed on the target's side.
  private boolean isErrorRateHigh(Answer answer, Instant now) {
    if (now.isAfter(sampleSince.plusSeconds(10))) {
      sampleSince = now;
      answers = 0;
      errors = 0;
    }
    answers++;
    boolean error =
        switch (answer) {
          case Answer.Status status -> status.code() >= 500;
          case Answer.TimedOut _ -> true;
          case Answer.NoResponse _ -> true;
        };
    errors += error ? 1 : 0;
    return error && answers >= ERRORS_SAMPLE_MIN && errors * 2 > answers;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
