package dev.twofold.sync.dispatch.cloudtasks;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/**
 * Opens connections to Cloud Tasks. Reads Google's credentials, which may call the metadata server,
 * so it belongs on a thread that nobody waits for without a bound.
 */
final class CloudTasksConnector {

  private static final int ATTEMPTS_MAX = 3;
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);
  private static final Duration RETRY_DELAY_MAX = Duration.ofMillis(400);

  /** After these the same call has a chance a moment later; its effect may be there already. */
  private static final Set<Code> PASSING =
      Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.ABORTED, Code.INTERNAL, Code.UNKNOWN);

  private final DispatchSettings settings;

  CloudTasksConnector(DispatchSettings settings) {
    this.settings = settings;
  }

  CloudTasksConnection open() {
    ManagedChannel channel = channel();
    try {
      return new CloudTasksConnection(CloudTasksClient.create(client(channel)), channel);
    } catch (IOException | RuntimeException failed) {
      channel.shutdownNow();
      throw failed instanceof RuntimeException unchecked
          ? unchecked
          : new UncheckedIOException((IOException) failed);
    }
  }

  private CloudTasksSettings client(ManagedChannel channel) throws IOException {
    CloudTasksSettings.Builder client = CloudTasksSettings.newBuilder();
    client.setTransportChannelProvider(
        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)));
    if (settings.isEmulated()) {
      client.setCredentialsProvider(NoCredentialsProvider.create());
    }
    // By default a creation is never repeated, and reading for ten minutes.
    repeated(client.createTaskSettings());
    repeated(client.getTaskSettings());
    repeated(client.pauseQueueSettings());
    repeated(client.resumeQueueSettings());
    return client.build();
  }

  private void repeated(UnaryCallSettings.Builder<?, ?> call) {
    Duration attempt = settings.answerWithin().dividedBy(ATTEMPTS_MAX);
    call.setRetryableCodes(PASSING)
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(ATTEMPTS_MAX)
                .setInitialRpcTimeoutDuration(attempt)
                .setMaxRpcTimeoutDuration(attempt)
                .setRpcTimeoutMultiplier(1)
                .setInitialRetryDelayDuration(RETRY_DELAY)
                .setMaxRetryDelayDuration(RETRY_DELAY_MAX)
                .setRetryDelayMultiplier(4)
                .setTotalTimeoutDuration(settings.answerWithin())
                .build());
  }

  private ManagedChannel channel() {
    return settings.isEmulated()
        ? ManagedChannelBuilder.forTarget(settings.emulatorHost()).usePlaintext().build()
        : ManagedChannelBuilder.forTarget("dns:///" + CloudTasksSettings.getDefaultEndpoint())
            .build();
  }
}
