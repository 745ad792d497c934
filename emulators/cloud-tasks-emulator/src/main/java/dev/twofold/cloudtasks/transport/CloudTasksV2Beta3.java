package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2beta3.CloudTasksGrpc;
import com.google.cloud.tasks.v2beta3.CreateQueueRequest;
import com.google.cloud.tasks.v2beta3.CreateTaskRequest;
import com.google.cloud.tasks.v2beta3.DeleteQueueRequest;
import com.google.cloud.tasks.v2beta3.DeleteTaskRequest;
import com.google.cloud.tasks.v2beta3.GetQueueRequest;
import com.google.cloud.tasks.v2beta3.GetTaskRequest;
import com.google.cloud.tasks.v2beta3.ListQueuesRequest;
import com.google.cloud.tasks.v2beta3.ListQueuesResponse;
import com.google.cloud.tasks.v2beta3.ListTasksRequest;
import com.google.cloud.tasks.v2beta3.ListTasksResponse;
import com.google.cloud.tasks.v2beta3.PauseQueueRequest;
import com.google.cloud.tasks.v2beta3.PurgeQueueRequest;
import com.google.cloud.tasks.v2beta3.Queue;
import com.google.cloud.tasks.v2beta3.ResumeQueueRequest;
import com.google.cloud.tasks.v2beta3.RunTaskRequest;
import com.google.cloud.tasks.v2beta3.Task;
import com.google.cloud.tasks.v2beta3.UpdateQueueRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.Empty;
import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.engine.Page;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.TaskEngine;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * The calls of google.cloud.tasks.v2beta3. Queues have statistics and lifetimes that v2 lacks; the
 * calls that do not differ are handed to v2 and translated on both ways.
 */
final class CloudTasksV2Beta3 extends CloudTasksGrpc.CloudTasksImplBase {

  private final EngineHost host;
  private final TaskCalls tasks;
  private final CloudTasksV2 v2;

  CloudTasksV2Beta3(EngineHost host, TaskCalls tasks, CloudTasksV2 v2) {
    this.host = host;
    this.tasks = tasks;
    this.v2 = v2;
  }

  @Override
  public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> observer) {
    Replies.reply(
        observer,
        () -> {
          LocationName location = LocationName.parse(request.getParent());
          QueuePages pages =
              new QueuePages(request.getFilter(), request.getPageSize(), request.getPageToken());
          return host.request((engine, now) -> {
            Page<QueueSnapshot> page = pages.of(engine.queuesIn(location), now);
            ListQueuesResponse.Builder response =
                ListQueuesResponse.newBuilder().setNextPageToken(page.nextToken());
            page.items()
                .forEach(queue ->
                    response.addQueues(
                        BetaMapping.masked(
                            queue, engine.stats(queue.name(), now), request.getReadMask())));
            return response.build();
          });
        });
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return host.request((engine, now) ->
              BetaMapping.masked(
                  engine.getQueue(name), engine.stats(name, now), request.getReadMask()));
        });
  }

  @Override
  public void createQueue(CreateQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueRequests.newName(request.getParent(), request.getQueue().getName());
          QueueSettings settings = BetaMapping.settings(request.getQueue());
          return queue((engine, now) -> engine.createQueue(name, settings, now));
        });
  }

  @Override
  public void updateQueue(UpdateQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getQueue().getName());
          return queue(
              (engine, now) -> engine.updateQueue(name, changed(engine, name, request), now));
        });
  }

  @Override
  public void purgeQueue(PurgeQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return queue((engine, now) -> engine.purgeQueue(name, now));
        });
  }

  @Override
  public void pauseQueue(PauseQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return queue((engine, now) -> engine.pauseQueue(name));
        });
  }

  @Override
  public void resumeQueue(ResumeQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return queue((engine, now) -> engine.resumeQueue(name, now));
        });
  }

  @Override
  public void deleteQueue(DeleteQueueRequest request, StreamObserver<Empty> observer) {
    v2.deleteQueue(
        com.google.cloud.tasks.v2.DeleteQueueRequest.newBuilder()
            .setName(request.getName())
            .build(),
        observer);
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> observer) {
    v2.getIamPolicy(request, observer);
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> observer) {
    v2.setIamPolicy(request, observer);
  }

  @Override
  public void testIamPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> observer) {
    v2.testIamPermissions(request, observer);
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Replies.reply(
        observer,
        () ->
            BetaMapping.convert(
                    tasks.list(
                        BetaMapping.convert(
                                request, com.google.cloud.tasks.v2.ListTasksRequest.newBuilder())
                            .build()),
                    ListTasksResponse.newBuilder())
                .build());
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(
        observer,
        () ->
            BetaMapping.convert(
                    tasks.get(
                        BetaMapping.convert(
                                request, com.google.cloud.tasks.v2.GetTaskRequest.newBuilder())
                            .build()),
                    Task.newBuilder())
                .build());
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(
        observer,
        () ->
            BetaMapping.convert(
                    tasks.create(
                        BetaMapping.convert(
                                request, com.google.cloud.tasks.v2.CreateTaskRequest.newBuilder())
                            .build()),
                    Task.newBuilder())
                .build());
  }

  @Override
  public void runTask(RunTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(
        observer,
        () ->
            BetaMapping.convert(
                    tasks.run(
                        BetaMapping.convert(
                                request, com.google.cloud.tasks.v2.RunTaskRequest.newBuilder())
                            .build()),
                    Task.newBuilder())
                .build());
  }

  @Override
  public void deleteTask(DeleteTaskRequest request, StreamObserver<Empty> observer) {
    v2.deleteTask(
        com.google.cloud.tasks.v2.DeleteTaskRequest.newBuilder().setName(request.getName()).build(),
        observer);
  }

  private Queue queue(BiFunction<TaskEngine, Instant, QueueSnapshot> request) {
    return BetaMapping.queue(host.request(request));
  }

  private static QueueSettings changed(
      TaskEngine engine, QueueName name, UpdateQueueRequest request) {
    QueueSnapshot before = engine.findQueue(name).orElse(null);
    if (before == null) {
      return BetaMapping.settings(request.getQueue());
    }
    Queue.Builder after = BetaMapping.queue(before).toBuilder();
    FieldMasks.apply(request.getUpdateMask(), request.getQueue(), after);
    return BetaMapping.changed(before, after.build());
  }
}
