package dev.twofold.ingest.intake.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.TopicName;
import dev.twofold.ingest.intake.IntakeSettings.PubSubSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Opens connections to the configured topic. Reads Google's credentials, which may call the
 * metadata server, so it belongs on a thread that nobody waits for without a bound.
 */
final class PubSubConnector {

  /** A second attempt survives one lost connection; a third would not fit into the time. */
  private static final int ATTEMPTS_MAX = 2;

  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  private final PubSubSettings settings;
  private final Duration acknowledgeWithin;

  PubSubConnector(PubSubSettings settings, Duration acknowledgeWithin) {
    this.settings = settings;
    this.acknowledgeWithin = acknowledgeWithin;
  }

  PubSubConnection open() {
    ManagedChannel channel = channel();
    Publisher.Builder publisher =
        Publisher.newBuilder(TopicName.of(settings.project(), settings.topic()))
            .setChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .setCredentialsProvider(credentials())
            .setRetrySettings(retries())
            .setBatchingSettings(
                BatchingSettings.newBuilder()
                    // In a burst two or three travel together; nobody notices the delay.
                    .setDelayThresholdDuration(Duration.ofMillis(5))
                    .setElementCountThreshold(100L)
                    .setRequestByteThreshold(1_000_000L)
                    .build());
    try {
      return new PubSubConnection(publisher.build(), channel);
    } catch (IOException refused) {
      channel.shutdownNow();
      throw new UncheckedIOException("the Pub/Sub client could not be made", refused);
    }
  }

  private ManagedChannel channel() {
    return settings.isEmulated()
        ? ManagedChannelBuilder.forTarget(settings.emulatorHost()).usePlaintext().build()
        : ManagedChannelBuilder.forTarget("dns:///" + TopicAdminSettings.getDefaultEndpoint())
            .build();
  }

  private CredentialsProvider credentials() {
    return settings.isEmulated()
        ? NoCredentialsProvider.create()
        : TopicAdminSettings.defaultCredentialsProviderBuilder().build();
  }

  /**
   * Both attempts and the delay between them end before the caller gives up, so nothing is held for
   * a caller that is gone. The publisher insists on a total of at least 10 s; the number of
   * attempts is what ends it earlier.
   */
  private RetrySettings retries() {
    Duration attempt = acknowledgeWithin.multipliedBy(9).dividedBy(10 * ATTEMPTS_MAX);
    return RetrySettings.newBuilder()
        .setMaxAttempts(ATTEMPTS_MAX)
        .setInitialRpcTimeoutDuration(attempt)
        .setMaxRpcTimeoutDuration(attempt)
        .setRpcTimeoutMultiplier(1)
        .setInitialRetryDelayDuration(RETRY_DELAY)
        .setMaxRetryDelayDuration(RETRY_DELAY)
        .setRetryDelayMultiplier(1)
        .setTotalTimeoutDuration(Duration.ofSeconds(10))
        .build();
  }
}
