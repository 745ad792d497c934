package dev.twofold.ingest.intake;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Secret Manager's access call, with the secrets of a map. */
public final class FakeSecretManager implements AutoCloseable {

  private static final String SERVICE = "google.cloud.secretmanager.v1.SecretManagerService";

  private static final MethodDescriptor<AccessSecretVersionRequest, AccessSecretVersionResponse>
      ACCESS =
          MethodDescriptor.<AccessSecretVersionRequest, AccessSecretVersionResponse>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(SERVICE + "/AccessSecretVersion")
              .setRequestMarshaller(
                  ProtoUtils.marshaller(AccessSecretVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(
                  ProtoUtils.marshaller(AccessSecretVersionResponse.getDefaultInstance()))
              .build();

  private final Map<String, String> secrets;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Status refusal = Status.NOT_FOUND;
  private final Server server;

  public FakeSecretManager(Map<String, String> secrets) throws IOException {
    this.secrets = Map.copyOf(secrets);
    this.server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(SERVICE)
                    .addMethod(ACCESS, ServerCalls.asyncUnaryCall(this::access))
                    .build())
            .build()
            .start();
  }

  /** With this an application reads these where it would read Google's, without credentials. */
  public String setting() {
    return "twofold.secret-manager.address=127.0.0.1:" + server.getPort();
  }

  /** Refuses whatever is not in the map in that way. */
  FakeSecretManager refusing(Status.Code code) {
    refusal = code.toStatus();
    return this;
  }

  List<String> asked() {
    return asked;
  }

  private void access(
      AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> answer) {
    asked.add(request.getName());
    String value = secrets.get(request.getName());
    if (value == null) {
      answer.onError(refusal.asRuntimeException());
      return;
    }
    answer.onNext(
        AccessSecretVersionResponse.newBuilder()
            .setName(request.getName())
            .setPayload(SecretPayload.newBuilder().setData(ByteString.copyFromUtf8(value)))
            .build());
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
