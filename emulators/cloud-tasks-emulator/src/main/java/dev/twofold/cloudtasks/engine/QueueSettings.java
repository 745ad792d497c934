package dev.twofold.cloudtasks.engine;

import java.time.Duration;

/**
 * What a queue's owner sets. {@code tombstoneTtl} of zero means that the emulator's window holds;
 * {@code taskTtl} of zero means the service's 31 days.
 */
public record QueueSettings(
    RateLimits rateLimits,
    RetryPolicy retryPolicy,
    Duration taskTtl,
    Duration tombstoneTtl,
    double loggingRatio) {

  private static final Duration TASK_TTL_DEFAULT = Duration.ofDays(31);

  public static final QueueSettings DEFAULT =
      new QueueSettings(RateLimits.DEFAULT, RetryPolicy.DEFAULT, Duration.ZERO, Duration.ZERO, 0);

  public QueueSettings {
    if (taskTtl.isNegative() || tombstoneTtl.isNegative()) {
      throw Refusals.invalid("Queue.taskTtl and Queue.tombstoneTtl cannot be negative.");
    }
    if (!(loggingRatio >= 0 && loggingRatio <= 1)) {
      throw Refusals.invalid("StackdriverLoggingConfig.samplingRatio must be between 0 and 1.");
    }
    taskTtl = taskTtl.isZero() ? TASK_TTL_DEFAULT : taskTtl;
  }

  public static QueueSettings of(RateLimits rateLimits, RetryPolicy retryPolicy) {
    return new QueueSettings(rateLimits, retryPolicy, Duration.ZERO, Duration.ZERO, 0);
  }

  public QueueSettings withTtls(Duration tasks, Duration tombstones) {
    return new QueueSettings(rateLimits, retryPolicy, tasks, tombstones, loggingRatio);
  }
}
