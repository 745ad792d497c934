package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.RateLimits;
import com.google.cloud.tasks.v2.RetryConfig;
import com.google.cloud.tasks.v2.StackdriverLoggingConfig;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RequestRefused;
import dev.twofold.cloudtasks.engine.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** Queues between the v2 API and the engine. */
public final class QueueMapping {

  private QueueMapping() {}

  public static Queue toProto(QueueSnapshot queue) {
    QueueSettings settings = queue.settings();
    Queue.Builder proto =
        Queue.newBuilder()
            .setName(queue.name().path())
            .setRateLimits(
                RateLimits.newBuilder()
                    .setMaxDispatchesPerSecond(settings.rateLimits().maxDispatchesPerSecond())
                    .setMaxBurstSize(queue.burst())
                    .setMaxConcurrentDispatches(settings.rateLimits().maxConcurrentDispatches()))
            .setRetryConfig(toProto(settings.retryPolicy()))
            .setState(
                switch (queue.state()) {
                  case RUNNING -> Queue.State.RUNNING;
                  case PAUSED -> Queue.State.PAUSED;
                  case DISABLED -> Queue.State.DISABLED;
                });
    Instant purgedAt = queue.purgedAt();
    if (purgedAt != null) {
      proto.setPurgeTime(Times.timestamp(purgedAt));
    }
    if (settings.loggingRatio() > 0) {
      proto.setStackdriverLoggingConfig(
          StackdriverLoggingConfig.newBuilder().setSamplingRatio(settings.loggingRatio()));
    }
    return proto.build();
  }

  /** The settings a caller may set; what the API only puts out, burst included, is ignored. */
  public static QueueSettings fromProto(Queue queue) {
    return fromProto(queue, 0);
  }

  /** The settings of a queue declared at start, where an explicit burst counts. */
  public static QueueSettings fromDeclaration(Queue queue) {
    return fromProto(queue, queue.getRateLimits().getMaxBurstSize());
  }

  /** A changed queue keeps what v2 cannot express, and its burst while its rate is the same. */
  static QueueSettings changed(QueueSettings before, Queue queue) {
    QueueSettings after = fromProto(queue);
    boolean sameRate =
        before.rateLimits().maxDispatchesPerSecond() == after.rateLimits().maxDispatchesPerSecond();
    dev.twofold.cloudtasks.engine.RateLimits limits = after.rateLimits();
    return new QueueSettings(
        new dev.twofold.cloudtasks.engine.RateLimits(
            limits.maxDispatchesPerSecond(),
            limits.maxConcurrentDispatches(),
            sameRate ? before.rateLimits().maxBurstSize() : 0),
        after.retryPolicy(),
        before.taskTtl(),
        before.tombstoneTtl(),
        after.loggingRatio());
  }

  private static QueueSettings fromProto(Queue queue, int burst) {
    if (queue.hasAppEngineRoutingOverride()) {
      throw new RequestRefused(
          RequestRefused.Reason.UNIMPLEMENTED,
          "App Engine targets are not supported by this emulator: appEngineRoutingOverride.");
    }
    RateLimits limits = queue.getRateLimits();
    RetryConfig retry = queue.getRetryConfig();
    return new QueueSettings(
        new dev.twofold.cloudtasks.engine.RateLimits(
            limits.getMaxDispatchesPerSecond(), limits.getMaxConcurrentDispatches(), burst),
        new RetryPolicy(
            retry.getMaxAttempts(),
            Times.duration(retry.getMaxRetryDuration()),
            Times.duration(retry.getMinBackoff()),
            Times.duration(retry.getMaxBackoff()),
            retry.getMaxDoublings()),
        Duration.ZERO,
        Duration.ZERO,
        queue.getStackdriverLoggingConfig().getSamplingRatio());
  }

  private static RetryConfig toProto(RetryPolicy policy) {
    RetryConfig.Builder proto =
        RetryConfig.newBuilder()
            .setMaxAttempts(policy.maxAttempts())
            .setMinBackoff(Times.duration(policy.minBackoff()))
            .setMaxBackoff(Times.duration(policy.maxBackoff()))
            .setMaxDoublings(policy.maxDoublings());
    if (!policy.maxRetryDuration().isZero()) {
      proto.setMaxRetryDuration(Times.duration(policy.maxRetryDuration()));
    }
    return proto.build();
  }
}
