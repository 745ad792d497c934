package dev.twofold.ingest.intake.pubsub;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Pub/Sub's publish call on a port of its own, answering as told. */
public final class FakePubSub implements AutoCloseable {

  private static final MethodDescriptor<PublishRequest, PublishResponse> PUBLISH =
      MethodDescriptor.<PublishRequest, PublishResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("google.pubsub.v1.Publisher/Publish")
          .setRequestMarshaller(ProtoUtils.marshaller(PublishRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(PublishResponse.getDefaultInstance()))
          .build();

  private final Server server;
  private final List<PublishRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();
  private volatile Consumer<Call> behaviour = Call::acknowledge;

  private FakePubSub(int port) throws IOException {
    this.server =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder("google.pubsub.v1.Publisher")
                    .addMethod(PUBLISH, ServerCalls.asyncUnaryCall(this::publish))
                    .build())
            .build()
            .start();
  }

  public static FakePubSub start() throws IOException {
    return new FakePubSub(0);
  }

  public static FakePubSub startAt(int port) throws IOException {
    return new FakePubSub(port);
  }

  public int port() {
    return server.getPort();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  public void acknowledge() {
    behaviour = Call::acknowledge;
  }

  public void refuse(Status status) {
    behaviour = call -> call.answer().onError(status.asRuntimeException());
  }

  /** Takes calls and answers none of them until {@link #release}. */
  public void hold() {
    behaviour =
        call -> {
          synchronized (held) {
            held.add(call::acknowledge);
          }
        };
  }

  public void release() {
    acknowledge();
    synchronized (held) {
      held.forEach(Runnable::run);
      held.clear();
    }
  }

  public List<PubsubMessage> messages() {
    return requests.stream().flatMap(request -> request.getMessagesList().stream()).toList();
  }

  public List<String> topics() {
    return requests.stream().map(PublishRequest::getTopic).distinct().toList();
  }

  public int calls() {
    return requests.size();
  }

  public int cancelledCalls() {
    return cancelled.get();
  }

  public void forget() {
    requests.clear();
    cancelled.set(0);
  }

  private void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
    ((ServerCallStreamObserver<PublishResponse>) answer)
        .setOnCancelHandler(cancelled::incrementAndGet);
    requests.add(request);
    behaviour.accept(new Call(request, answer));
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private record Call(PublishRequest request, StreamObserver<PublishResponse> answer) {

    void acknowledge() {
      PublishResponse.Builder response = PublishResponse.newBuilder();
      for (int index = 0; index < request.getMessagesCount(); index++) {
        response.addMessageIds("fake-" + index);
      }
      answer.onNext(response.build());
      answer.onCompleted();
    }
  }
}
