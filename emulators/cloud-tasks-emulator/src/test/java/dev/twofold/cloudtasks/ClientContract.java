package dev.twofold.cloudtasks;

import static dev.twofold.cloudtasks.ClientWorld.LOCATION;
import static dev.twofold.cloudtasks.ClientWorld.queueName;
import static dev.twofold.cloudtasks.ClientWorld.taskName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.tasks.v2.AppEngineHttpRequest;
import com.google.cloud.tasks.v2.CloudTasksClient.ListQueuesPagedResponse;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.ListQueuesRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.RateLimits;
import com.google.cloud.tasks.v2.RetryConfig;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.UpdateQueueRequest;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What Google's Java client must see, over whichever transport it speaks. */
interface ClientContract {

  ClientWorld world();

  /** How the client names ALREADY_EXISTS: over REST it looks at the HTTP status alone, 409. */
  StatusCode.Code conflict();

  @Test
  default void createsAQueueWithTheServicesDefaults() {
    Queue queue = world().queue("defaults");

    assertThat(queue.getState()).isEqualTo(Queue.State.RUNNING);
    assertThat(queue.getRateLimits())
        .isEqualTo(
            RateLimits.newBuilder()
                .setMaxDispatchesPerSecond(500)
                .setMaxBurstSize(100)
                .setMaxConcurrentDispatches(1000)
                .build());
    assertThat(queue.getRetryConfig())
        .isEqualTo(
            RetryConfig.newBuilder()
                .setMaxAttempts(100)
                .setMinBackoff(Durations.fromMillis(100))
                .setMaxBackoff(Durations.fromHours(1))
                .setMaxDoublings(16)
                .build());
    assertThat(world().client.getQueue(queueName("defaults"))).isEqualTo(queue);
  }

  @Test
  default void changesOnlyWhatTheMaskNames() {
    Queue queue = world().queue("masked");

    Queue changed =
        world()
            .client
            .updateQueue(
                queue.toBuilder()
                    .setRateLimits(RateLimits.newBuilder().setMaxDispatchesPerSecond(5))
                    .setRetryConfig(RetryConfig.newBuilder().setMaxAttempts(7))
                    .build(),
                FieldMask.newBuilder().addPaths("rate_limits.max_dispatches_per_second").build());

    assertThat(changed.getRateLimits().getMaxDispatchesPerSecond()).isEqualTo(5);
    assertThat(changed.getRateLimits().getMaxBurstSize()).isEqualTo(10);
    assertThat(changed.getRateLimits().getMaxConcurrentDispatches()).isEqualTo(1000);
    assertThat(changed.getRetryConfig()).isEqualTo(queue.getRetryConfig());
  }

  @Test
  default void replacesEverythingWithoutAMaskAndCreatesWhatIsMissing() {
    Queue wanted =
        Queue.newBuilder()
            .setName(queueName("updated").toString())
            .setRetryConfig(RetryConfig.newBuilder().setMaxAttempts(7))
            .build();

    Queue created =
        world().client.updateQueue(UpdateQueueRequest.newBuilder().setQueue(wanted).build());
    Queue replaced =
        world()
            .client
            .updateQueue(
                UpdateQueueRequest.newBuilder()
                    .setQueue(wanted.toBuilder().clearRetryConfig())
                    .build());

    assertThat(created.getRetryConfig().getMaxAttempts()).isEqualTo(7);
    assertThat(replaced.getRetryConfig().getMaxAttempts()).isEqualTo(100);
  }

  @Test
  default void listsQueuesByFilterAndPage() {
    IntStream.range(0, 5).forEach(i -> world().queue("listed-" + i));
    world().client.pauseQueue(queueName("listed-3"));

    ListQueuesPagedResponse paged =
        world()
            .client
            .listQueues(
                ListQueuesRequest.newBuilder()
                    .setParent(LOCATION.toString())
                    .setFilter("name: listed")
                    .setPageSize(2)
                    .build());
    ListQueuesPagedResponse paused =
        world()
            .client
            .listQueues(
                ListQueuesRequest.newBuilder()
                    .setParent(LOCATION.toString())
                    .setFilter("name: listed AND state: PAUSED")
                    .build());

    assertThat(paged.getPage().getPageElementCount()).isEqualTo(2);
    assertThat(StreamSupport.stream(paged.iterateAll().spliterator(), false).map(Queue::getName))
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(i -> queueName("listed-" + i).toString()).toList());
    assertThat(paused.iterateAll())
        .singleElement()
        .satisfies(queue -> assertThat(queue.getName()).endsWith("listed-3"));
  }

  @Test
  default void holdsTasksWhilePausedAndForgetsThemWhenPurged() throws InterruptedException {
    Queue queue = world().queue("paused");
    world().client.pauseQueue(queue.getName());
    world().client.createTask(queue.getName(), world().task(queue, "t", "/paused").build());

    world().pass(Duration.ofMinutes(5));
    Queue purged = world().client.purgeQueue(queue.getName());
    world().client.resumeQueue(queue.getName());
    world().pass(Duration.ofMinutes(5));

    assertThat(purged.getState()).isEqualTo(Queue.State.PAUSED);
    assertThat(purged.hasPurgeTime()).isTrue();
    assertThat(world().target.at("/paused")).isEmpty();
  }

  @Test
  default void keepsAndTestsAccessPolicies() {
    Queue queue = world().queue("iam");
    Policy wanted =
        Policy.newBuilder()
            .addBindings(Binding.newBuilder().setRole("roles/owner").addMembers("user:a@b.c"))
            .build();

    Policy stored = world().client.setIamPolicy(queueName("iam"), wanted);

    assertThat(world().client.getIamPolicy(queueName("iam"))).isEqualTo(stored);
    assertThat(stored.getBindingsList()).isEqualTo(wanted.getBindingsList());
    assertThat(
            world()
                .client
                .testIamPermissions(queueName("iam"), List.of("cloudtasks.tasks.create"))
                .getPermissionsList())
        .containsExactly("cloudtasks.tasks.create");
    assertThat(queue.getName()).isNotEmpty();
  }

  @Test
  default void storesATaskAsRecordedAndHidesOnlyItsBody() {
    Queue queue = world().queue("views");
    world().client.pauseQueue(queue.getName());
    Task task = world().task(queue, "t", "/views").build();

    Task created =
        world()
            .client
            .createTask(
                CreateTaskRequest.newBuilder()
                    .setParent(queue.getName())
                    .setTask(task)
                    .setResponseView(Task.View.FULL)
                    .build());
    Task basic = world().client.getTask(task.getName());
    Task full =
        world()
            .client
            .getTask(
                GetTaskRequest.newBuilder()
                    .setName(task.getName())
                    .setResponseView(Task.View.FULL)
                    .build());

    assertThat(created.getHttpRequest().getHeadersMap())
        .containsOnlyKeys("User-Agent", "X-Mixed-Case", "content-type")
        .containsEntry("User-Agent", "Google-Cloud-Tasks");
    assertThat(created.getHttpRequest().getHttpMethod()).isEqualTo(HttpMethod.POST);
    assertThat(created.getDispatchDeadline()).isEqualTo(Durations.fromMinutes(10));
    assertThat(Timestamps.toString(created.getCreateTime())).doesNotContain(".");
    assertThat(full).isEqualTo(created);
    assertThat(basic.getView()).isEqualTo(Task.View.BASIC);
    assertThat(basic.getHttpRequest())
        .isEqualTo(created.getHttpRequest().toBuilder().clearBody().build());
  }

  @Test
  default void listsTasksInPages() {
    Queue queue = world().queue("pages");
    world().client.pauseQueue(queue.getName());
    IntStream.range(0, 7)
        .forEach(i ->
            world().client.createTask(queue.getName(), world().task(queue, "t" + i, "/p").build()));

    var paged =
        world()
            .client
            .listTasks(
                ListTasksRequest.newBuilder().setParent(queue.getName()).setPageSize(3).build());

    assertThat(paged.getPage().getPageElementCount()).isEqualTo(3);
    assertThat(StreamSupport.stream(paged.iterateAll().spliterator(), false).map(Task::getName))
        .containsExactlyElementsOf(
            IntStream.range(0, 7).mapToObj(i -> taskName(queue, "t" + i)).toList());
  }

  @Test
  default void deliversWithTheRecordedHeadersUntilItSucceeds() throws InterruptedException {
    Queue queue = world().queue("headers");
    List<Integer> answers = new ArrayList<>(List.of(503, 404, 429, 500, 302, 200));
    world().target.answer = call -> call.path().equals("/headers") ? answers.removeFirst() : 200;
    Task task =
        world()
            .task(queue, "t", "/headers")
            .setScheduleTime(Timestamps.fromMillis(world().clock.instant().toEpochMilli() + 60_000))
            .build();
    world().client.createTask(queue.getName(), task);

    world().pass(Duration.ofSeconds(59));
    assertThat(world().target.at("/headers")).isEmpty();
    world().pass(Duration.ofMinutes(1));

    assertThat(header("/headers", "x-cloudtasks-taskretrycount"))
        .containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(header("/headers", "x-cloudtasks-taskexecutioncount"))
        .containsExactly("0", "0", "1", "2", "2", "3");
    assertThat(header("/headers", "x-cloudtasks-taskpreviousresponse"))
        .containsExactly("-", "503", "404", "429", "500", "302");
    assertThat(header("/headers", "x-cloudtasks-taskretryreason"))
        .containsExactly("-", "", "", "", "", "");
    assertThat(header("/headers", "user-agent")).containsOnly("Google-Cloud-Tasks");
    assertThat(header("/headers", "content-type")).containsOnly("application/json");
    assertThat(header("/headers", "x-cloudtasks-queuename")).containsOnly("headers");
    assertThat(world().target.at("/headers").getFirst().body()).isEqualTo("{\"hello\":\"world\"}");
    assertThat(world().target.at("/redirected")).isEmpty();
    assertRefused(
        StatusCode.Code.NOT_FOUND,
        "The task no longer exists, though a task with this name existed recently. The task either"
            + " successfully completed or was deleted.",
        () -> world().client.getTask(task.getName()));
  }

  @Test
  default void runsATaskWhileItsQueueIsPaused() throws InterruptedException {
    Queue queue = world().queue("run");
    world().client.pauseQueue(queue.getName());
    world().target.answer = call -> call.path().equals("/run") ? 500 : 200;
    Task task = world().task(queue, "t", "/run").build();
    world().client.createTask(queue.getName(), task);

    Task run = world().client.runTask(task.getName());
    world().pass(Duration.ofSeconds(1));
    Task after = world().client.getTask(task.getName());

    assertThat(run.getDispatchCount()).isEqualTo(1);
    assertThat(run.getResponseCount()).isZero();
    assertThat(world().target.at("/run")).hasSize(1);
    assertThat(after.getResponseCount()).isEqualTo(1);
    assertThat(after.getFirstAttempt().hasDispatchTime()).isTrue();
    assertThat(after.getFirstAttempt().hasScheduleTime()).isFalse();
    assertThat(after.getLastAttempt().getResponseStatus().getCode()).isEqualTo(13);
    assertThat(after.getLastAttempt().getResponseStatus().getMessage())
        .isEqualTo("INTERNAL(13): HTTP status code 500");
  }

  @Test
  default void acceptsATaskOfExactlyTheMeasuredSizeAndNotAByteMore() {
    Queue queue = world().queue("size");
    world().client.pauseQueue(queue.getName());
    Task small = world().task(queue, "t0000", "/size").build();
    int overhead = stored(small).toBuilder().clearView().build().getSerializedSize();
    // Two lengths in front of the body and the request grow from one or two bytes to three.
    int body = 1_048_569 - overhead - 2 - 1 + small.getHttpRequest().getBody().size();

    Task largest = stored(withBody(small, "t0001", body));

    assertThat(largest.toBuilder().clearView().build().getSerializedSize()).isEqualTo(1_048_569);
    assertRefused(
        StatusCode.Code.INVALID_ARGUMENT,
        "Task size too large",
        () -> stored(withBody(small, "t0002", body + 1)));
  }

  @Test
  default void refusesInTheServicesWords() {
    Queue queue = world().queue("words");
    world().client.pauseQueue(queue.getName());
    Task task = world().task(queue, "t", "/w").build();
    world().client.createTask(queue.getName(), task);
    String missing = queueName("missing").toString();
    String noQueue =
        "Queue does not exist. If you just created the queue, wait at least a minute for the queue"
            + " to initialize.";

    assertRefused(conflict(), "Queue already exists", () -> world().queue("words"));
    assertRefused(
        conflict(),
        "Requested entity already exists",
        () -> world().client.createTask(queue.getName(), task));
    assertRefused(StatusCode.Code.NOT_FOUND, noQueue, () -> world().client.getQueue(missing));
    assertRefused(StatusCode.Code.NOT_FOUND, noQueue, () -> world().client.pauseQueue(missing));
    assertRefused(
        StatusCode.Code.NOT_FOUND,
        "Requested entity was not found.",
        () -> world().client.deleteQueue(missing));
    assertRefused(
        StatusCode.Code.NOT_FOUND,
        "Requested entity was not found.",
        () -> world().client.deleteTask(taskName(queue, "never")));
    assertRefused(
        StatusCode.Code.NOT_FOUND,
        noQueue,
        () -> world().client.createTask(missing, task.toBuilder().clearName().build()));
    assertRefused(
        StatusCode.Code.INVALID_ARGUMENT,
        "The queue name from request ('"
            + queue.getName()
            + "') must be the same as the queue name in the named task ('"
            + missing
            + "').",
        () ->
            world()
                .client
                .createTask(
                    queue.getName(), task.toBuilder().setName(missing + "/tasks/t").build()));
  }

  @Test
  default void refusesAppEngineTargetsClearly() {
    Queue queue = world().queue("gae");

    assertRefused(
        StatusCode.Code.UNIMPLEMENTED,
        "App Engine targets are not supported by this emulator: use httpRequest.",
        () ->
            world()
                .client
                .createTask(
                    queue.getName(),
                    Task.newBuilder()
                        .setAppEngineHttpRequest(
                            AppEngineHttpRequest.newBuilder().setRelativeUri("/x"))
                        .build()));
  }

  private static void assertRefused(StatusCode.Code code, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> assertThat(refused.getStatusCode().getCode()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private Task stored(Task task) {
    return world()
        .client
        .createTask(
            CreateTaskRequest.newBuilder()
                .setParent(task.getName().replaceFirst("/tasks/.*", ""))
                .setTask(task)
                .setResponseView(Task.View.FULL)
                .build());
  }

  private static Task withBody(Task task, String id, int size) {
    Task.Builder copy = task.toBuilder();
    copy.setName(task.getName().replaceFirst("[^/]*$", id));
    copy.getHttpRequestBuilder().setBody(ByteString.copyFrom(new byte[size]));
    return copy.build();
  }

  private List<String> header(String path, String name) {
    return world().target.at(path).stream()
        .map(call -> call.headers().getOrDefault(name, "-"))
        .toList();
  }
}
