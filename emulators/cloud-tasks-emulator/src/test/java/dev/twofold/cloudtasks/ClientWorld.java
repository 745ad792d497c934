package dev.twofold.cloudtasks;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.LocationName;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.QueueName;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.TaskName;
import com.google.protobuf.ByteString;
import dev.twofold.cloudtasks.engine.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** An emulator on virtual time, a handler for its tasks, and one of Google's clients. */
final class ClientWorld implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  static final LocationName LOCATION = LocationName.of("demo", "europe-west1");

  final VirtualClock clock = new VirtualClock(START);
  final CloudTasksEmulator emulator;
  final RecordingTarget target;
  final CloudTasksClient client;

  private ClientWorld(boolean grpc) throws IOException {
    emulator = CloudTasksEmulator.builder().clock(clock).seed(1).start();
    target = new RecordingTarget();
    client = CloudTasksClient.create(grpc ? grpc() : rest());
  }

  static ClientWorld overGrpc() throws IOException {
    return new ClientWorld(true);
  }

  static ClientWorld overRest() throws IOException {
    return new ClientWorld(false);
  }

  InstantiatingGrpcChannelProvider channel() {
    return InstantiatingGrpcChannelProvider.newBuilder()
        .setEndpoint(emulator.endpoint())
        .setChannelConfigurator(channel -> channel.usePlaintext())
        .build();
  }

  static QueueName queueName(String id) {
    return QueueName.of("demo", "europe-west1", id);
  }

  static String taskName(Queue queue, String id) {
    return TaskName.of("demo", "europe-west1", QueueName.parse(queue.getName()).getQueue(), id)
        .toString();
  }

  Queue queue(String id) {
    return client.createQueue(
        LOCATION, Queue.newBuilder().setName(queueName(id).toString()).build());
  }

  /** A task to a path that no other test uses. */
  Task.Builder task(Queue queue, String id, String path) {
    return Task.newBuilder()
        .setName(taskName(queue, id))
        .setHttpRequest(
            HttpRequest.newBuilder()
                .setUrl(target.url(path))
                .putHeaders("content-type", "application/json")
                .putHeaders("X-Mixed-Case", "preserve-me")
                .setBody(ByteString.copyFromUtf8("{\"hello\":\"world\"}")));
  }

  void pass(Duration time) throws InterruptedException {
    emulator.advance(time);
  }

  @Override
  public void close() {
    client.close();
    target.close();
    emulator.close();
  }

  private CloudTasksSettings grpc() throws IOException {
    return CloudTasksSettings.newBuilder()
        .setTransportChannelProvider(channel())
        .setCredentialsProvider(NoCredentialsProvider.create())
        .build();
  }

  private CloudTasksSettings rest() throws IOException {
    return CloudTasksSettings.newHttpJsonBuilder()
        .setEndpoint(emulator.url())
        .setCredentialsProvider(NoCredentialsProvider.create())
        .build();
  }
}
