package dev.twofold.sync.tenant.settings;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.stub.SecretManagerServiceStub;
import com.google.cloud.spring.secretmanager.SecretManagerServiceClientFactory;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;

/** Secret Manager's client end, over secrets in memory; remembers what was asked for. */
public final class SecretsOfMemory extends SecretManagerServiceStub {

  private final Map<String, String> secrets;
  private Status.Code refusal = Status.Code.NOT_FOUND;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Secrets.
   *
   * @param secrets by the full name of their version
   */
  public SecretsOfMemory(Map<String, String> secrets) {
    this.secrets = secrets;
  }

  /** Refuses what is not there in that way. */
  public SecretsOfMemory refusing(Status.Code code) {
    refusal = code;
    return this;
  }

  /** The full names that were asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  /** Lets an application read these where it would read Google's, without credentials. */
  public void serve(SpringApplication application) {
    application.addBootstrapRegistryInitializer(registry -> {
      SecretManagerServiceClient client = SecretManagerServiceClient.create(this);
      CredentialsProvider nobody = NoCredentialsProvider.create();
      registry.register(CredentialsProvider.class, InstanceSupplier.of(nobody));
      registry.register(SecretManagerServiceClient.class, InstanceSupplier.of(client));
      registry.register(
          SecretManagerServiceClientFactory.class, InstanceSupplier.of(location -> client));
    });
  }

  @Override
  public UnaryCallable<AccessSecretVersionRequest, AccessSecretVersionResponse>
      accessSecretVersionCallable() {
    return new UnaryCallable<>() {
      @Override
      public ApiFuture<AccessSecretVersionResponse> futureCall(
          AccessSecretVersionRequest request, @Nullable ApiCallContext context) {
        return answer(request.getName());
      }
    };
  }

  private ApiFuture<AccessSecretVersionResponse> answer(String name) {
    asked.add(name);
    String secret = secrets.get(name);
    if (secret == null) {
      return ApiFutures.immediateFailedFuture(
          ApiExceptionFactory.createException(
              refusal.toStatus().asRuntimeException(), GrpcStatusCode.of(refusal), false));
    }
    return ApiFutures.immediateFuture(
        AccessSecretVersionResponse.newBuilder()
            .setPayload(SecretPayload.newBuilder().setData(ByteString.copyFromUtf8(secret)))
            .build());
  }

  @Override
  public void close() {}

  @Override
  public void shutdown() {}

  @Override
  public void shutdownNow() {}

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long duration, TimeUnit unit) {
    return true;
  }
}
