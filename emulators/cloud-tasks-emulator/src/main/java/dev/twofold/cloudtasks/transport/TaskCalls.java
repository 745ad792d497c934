package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.RunTaskRequest;
import com.google.cloud.tasks.v2.Task;
import dev.twofold.cloudtasks.engine.NewTask;
import dev.twofold.cloudtasks.engine.Page;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.TaskEngine;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskSnapshot;

/** The calls about tasks, in v2's words; both API versions answer with them. */
final class TaskCalls {

  // Google's gRPC clients take four MiB; a page of full tasks must not exceed what they take.
  private static final int PAGE_BYTES_MAX = 3 * 1024 * 1024;

  private final EngineHost host;

  TaskCalls(EngineHost host) {
    this.host = host;
  }

  ListTasksResponse list(ListTasksRequest request) {
    QueueName queue = QueueName.parse(request.getParent());
    boolean full = request.getResponseView() == Task.View.FULL;
    int count = QueueRequests.taskPageSize(request.getPageSize());
    Page<TaskSnapshot> page =
        host.request((engine, now) ->
            engine.listTasks(
                queue,
                new TaskEngine.PageLimit(count, full ? PAGE_BYTES_MAX : Integer.MAX_VALUE),
                request.getPageToken(),
                now));
    return ListTasksResponse.newBuilder()
        .addAllTasks(
            page.items().stream()
                .map(task -> TaskMapping.toProto(task, request.getResponseView()))
                .toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  Task get(GetTaskRequest request) {
    TaskName name = TaskName.parse(request.getName());
    TaskSnapshot task = host.request((engine, now) -> engine.getTask(name, now));
    return TaskMapping.toProto(task, request.getResponseView());
  }

  Task create(CreateTaskRequest request) {
    QueueName queue = QueueName.parse(request.getParent());
    NewTask task = TaskMapping.fromProto(queue, request.getTask());
    TaskSnapshot created = host.request((engine, now) -> engine.createTask(queue, task, now));
    return TaskMapping.toProto(created, request.getResponseView());
  }

  Task run(RunTaskRequest request) {
    TaskName name = TaskName.parse(request.getName());
    TaskEngine.ForcedRun run = host.request((engine, now) -> engine.runTask(name, now));
    host.launch(run.dispatch());
    return TaskMapping.toProto(run.task(), request.getResponseView());
  }
}
