package dev.twofold.sync.tenant.settings;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretVersionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the latest versions of secrets from Google's Secret Manager. A name is {@code sm@secret}.
 * One that is not there for us is an answer; a Secret Manager that cannot be asked stops the start,
 * because nobody would ask again later. The client is opened for a reading and closed after it, and
 * not opened where nothing is named, so that a start without secrets needs no account.
 */
final class Secrets {

  /** What the name of a secret begins with, where a setting may also be the secret itself. */
  static final String NAMED = "sm@";

  /** No such secret or version; one that is disabled or destroyed; one that is not ours to read. */
  private static final Set<StatusCode.Code> MISSING =
      Set.of(
          StatusCode.Code.NOT_FOUND,
          StatusCode.Code.FAILED_PRECONDITION,
          StatusCode.Code.PERMISSION_DENIED);

  private static final String LATEST = "latest";

  private final SecretManagerSettings settings;

  Secrets(SecretManagerSettings settings) {
    this.settings = settings;
  }

  /** What reading a secret came to. */
  sealed interface Read {

    /** The value, not blank. Prints its length only. */
    record Found(String value) implements Read {
      @Override
      public String toString() {
        return "Found[" + value.length() + " characters]";
      }
    }

    /** There is none for us, and why; never a value. */
    record Missing(String why) implements Read {}
  }

  /** Reads secrets, all at a time: what reading each came to, by its name. */
  Map<String, Read> read(Set<String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    try (SecretManagerServiceClient client = open();
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, CompletableFuture<Read>> readings = new LinkedHashMap<>();
      names.forEach(name ->
          readings.put(name, CompletableFuture.supplyAsync(() -> read(client, name), readers)));
      Map<String, Read> read = new TreeMap<>();
      readings.forEach((name, reading) -> read.put(name, reading.join()));
      return read;
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private Read read(SecretManagerServiceClient client, String name) {
    SecretVersionName version =
        SecretVersionName.of(settings.project(), name.substring(NAMED.length()), LATEST);
    try {
      String value = client.accessSecretVersion(version).getPayload().getData().toStringUtf8();
      return value.isBlank()
          ? new Read.Missing("secret " + name + ": blank")
          : new Read.Found(value.strip());
    } catch (ApiException refused) {
      StatusCode.Code code = refused.getStatusCode().getCode();
      if (MISSING.contains(code)) {
        return new Read.Missing("secret " + name + ": " + code);
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
