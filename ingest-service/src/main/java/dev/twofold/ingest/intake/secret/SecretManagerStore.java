package dev.twofold.ingest.intake.secret;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptions;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretVersionName;
import dev.twofold.ingest.intake.SecretStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the latest versions of secrets from Google's Secret Manager. A name is {@code sm@secret}.
 * The client is opened for a reading and closed after it, and not opened where nothing is named, so
 * that a start without secrets needs no account.
 */
final class SecretManagerStore implements SecretStore {

  /** No such secret or version; one that is disabled or destroyed; one that is not ours to read. */
  private static final Set<StatusCode.Code> MISSING =
      Set.of(
          StatusCode.Code.NOT_FOUND,
          StatusCode.Code.FAILED_PRECONDITION,
          StatusCode.Code.PERMISSION_DENIED);

  private static final String LATEST = "latest";

  private final SecretManagerSettings settings;

  SecretManagerStore(SecretManagerSettings settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, SecretRead> read(Set<String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    try (SecretManagerServiceClient client = open()) {
      Map<String, ApiFuture<AccessSecretVersionResponse>> asked = new TreeMap<>();
      names.forEach(
          name -> asked.put(name, client.accessSecretVersionCallable().futureCall(latest(name))));
      Map<String, SecretRead> read = new TreeMap<>();
      asked.forEach((name, answer) -> read.put(name, read(name, answer)));
      return read;
    }
  }

  private AccessSecretVersionRequest latest(String name) {
    String secret = name.substring(SecretStore.NAMED.length());
    return AccessSecretVersionRequest.newBuilder()
        .setName(SecretVersionName.format(settings.project(), secret, LATEST))
        .build();
  }

  private static SecretRead read(String name, ApiFuture<AccessSecretVersionResponse> answer) {
    try {
      return new SecretRead.Found(
          ApiExceptions.callAndTranslateApiException(answer).getPayload().getData().toStringUtf8());
    } catch (ApiException refused) {
      StatusCode.Code code = refused.getStatusCode().getCode();
      if (MISSING.contains(code)) {
        return new SecretRead.Missing(code.name());
      }
      throw new IllegalStateException(
          "expected Secret Manager to answer for "
              + name
              + ", it said "
              + code
              + "; check the project and the service account, then start again",
          refused);
    }
  }

  private SecretManagerServiceClient open() {
    SecretManagerServiceSettings.Builder client = SecretManagerServiceSettings.newBuilder();
    client.accessSecretVersionSettings().setRetrySettings(retries(settings.within()));
    if (!settings.address().isEmpty()) {
      client
          .setCredentialsProvider(NoCredentialsProvider.create())
          .setEndpoint(settings.address())
          .setTransportChannelProvider(
              SecretManagerServiceSettings.defaultGrpcTransportProviderBuilder()
                  .setChannelConfigurator(channel -> channel.usePlaintext())
                  .build());
    }
    try {
      return SecretManagerServiceClient.create(client.build());
    } catch (IOException refused) {
      throw new UncheckedIOException(
          "expected Google's credentials of this service, to read its secrets; they cannot be had",
          refused);
    }
  }

  private static RetrySettings retries(Duration within) {
    return RetrySettings.newBuilder()
        .setTotalTimeoutDuration(within)
        .setInitialRpcTimeoutDuration(within.dividedBy(2))
        .setMaxRpcTimeoutDuration(within.dividedBy(2))
        .setRpcTimeoutMultiplier(1)
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
        .setRetryDelayMultiplier(2)
        .build();
  }
}
