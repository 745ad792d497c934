package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.CloudTasksGrpc;
import com.google.cloud.tasks.v2.CreateQueueRequest;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.DeleteQueueRequest;
import com.google.cloud.tasks.v2.DeleteTaskRequest;
import com.google.cloud.tasks.v2.GetQueueRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.ListQueuesRequest;
import com.google.cloud.tasks.v2.ListQueuesResponse;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.PauseQueueRequest;
import com.google.cloud.tasks.v2.PurgeQueueRequest;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.ResumeQueueRequest;
import com.google.cloud.tasks.v2.RunTaskRequest;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.UpdateQueueRequest;
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
import dev.twofold.cloudtasks.engine.TaskName;
import io.grpc.stub.StreamObserver;

/** The sixteen calls of google.cloud.tasks.v2. */
final class CloudTasksV2 extends CloudTasksGrpc.CloudTasksImplBase {

  private final EngineHost host;
  private final TaskCalls tasks;
  private final IamPolicies policies;

  CloudTasksV2(EngineHost host, TaskCalls tasks, IamPolicies policies) {
    this.host = host;
    this.tasks = tasks;
    this.policies = policies;
  }

  @Override
  public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> observer) {
    Replies.reply(
        observer,
        () -> {
          LocationName location = LocationName.parse(request.getParent());
          QueuePages pages =
              new QueuePages(request.getFilter(), request.getPageSize(), request.getPageToken());
          Page<QueueSnapshot> page =
              host.request((engine, now) -> pages.of(engine.queuesIn(location), now));
          return ListQueuesResponse.newBuilder()
              .addAllQueues(page.items().stream().map(QueueMapping::toProto).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return QueueMapping.toProto(host.request((engine, now) -> engine.getQueue(name)));
        });
  }

  @Override
  public void createQueue(CreateQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueRequests.newName(request.getParent(), request.getQueue().getName());
          QueueSettings settings = QueueMapping.fromProto(request.getQueue());
          return QueueMapping.toProto(
              host.request((engine, now) -> engine.createQueue(name, settings, now)));
        });
  }

  @Override
  public void updateQueue(UpdateQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getQueue().getName());
          return QueueMapping.toProto(
              host.request(
                  (engine, now) -> engine.updateQueue(name, changed(engine, name, request), now)));
        });
  }

  @Override
  public void deleteQueue(DeleteQueueRequest request, StreamObserver<Empty> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return host.request((engine, now) -> {
            engine.deleteQueue(name, now);
            return Empty.getDefaultInstance();
          });
        });
  }

  @Override
  public void purgeQueue(PurgeQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return QueueMapping.toProto(host.request((engine, now) -> engine.purgeQueue(name, now)));
        });
  }

  @Override
  public void pauseQueue(PauseQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return QueueMapping.toProto(host.request((engine, now) -> engine.pauseQueue(name)));
        });
  }

  @Override
  public void resumeQueue(ResumeQueueRequest request, StreamObserver<Queue> observer) {
    Replies.reply(
        observer,
        () -> {
          QueueName name = QueueName.parse(request.getName());
          return QueueMapping.toProto(host.request((engine, now) -> engine.resumeQueue(name, now)));
        });
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> observer) {
    Replies.reply(observer, () -> policies.get(existing(request.getResource())));
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> observer) {
    Replies.reply(
        observer, () -> policies.set(existing(request.getResource()), request.getPolicy()));
  }

  @Override
  public void testIamPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> observer) {
    Replies.reply(
        observer,
        () -> {
          existing(request.getResource());
          return TestIamPermissionsResponse.newBuilder()
              .addAllPermissions(request.getPermissionsList())
              .build();
        });
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Replies.reply(observer, () -> tasks.list(request));
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(observer, () -> tasks.get(request));
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(observer, () -> tasks.create(request));
  }

  @Override
  public void deleteTask(DeleteTaskRequest request, StreamObserver<Empty> observer) {
    Replies.reply(
        observer,
        () -> {
          TaskName name = TaskName.parse(request.getName());
          return host.request((engine, now) -> {
            engine.deleteTask(name, now);
            return Empty.getDefaultInstance();
          });
        });
  }

  @Override
  public void runTask(RunTaskRequest request, StreamObserver<Task> observer) {
    Replies.reply(observer, () -> tasks.run(request));
  }

  private String existing(String resource) {
    QueueName name = QueueName.parse(resource);
    return host.request((engine, now) -> engine.getQueue(name)).name().path();
  }

  private static QueueSettings changed(
      TaskEngine engine, QueueName name, UpdateQueueRequest request) {
    QueueSnapshot before = engine.findQueue(name).orElse(null);
    if (before == null) {
      return QueueMapping.fromProto(request.getQueue());
    }
    Queue.Builder after = QueueMapping.toProto(before).toBuilder();
    FieldMasks.apply(request.getUpdateMask(), request.getQueue(), after);
    return QueueMapping.changed(before.settings(), after.build());
  }
}
