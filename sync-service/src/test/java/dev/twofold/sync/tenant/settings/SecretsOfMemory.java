package dev.twofold.sync.tenant.settings;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.stub.SecretManagerServiceStub;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Secret Manager's client end, over secrets in memory; remembers what was asked for. */
final class SecretsOfMemory extends SecretManagerServiceStub {

  private final Map<String, String> secrets;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Secrets.
   *
   * @param secrets by the full name of their version
   */
  SecretsOfMemory(Map<String, String> secrets) {
    this.secrets = secrets;
  }

  List<String> asked() {
    return asked;
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
      GrpcStatusCode code = GrpcStatusCode.of(Status.Code.NOT_FOUND);
      return ApiFutures.immediateFailedFuture(
          new NotFoundException(name, Status.NOT_FOUND.asRuntimeException(), code, false));
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
