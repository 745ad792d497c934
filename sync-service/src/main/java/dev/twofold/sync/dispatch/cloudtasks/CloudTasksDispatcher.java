package dev.twofold.sync.dispatch.cloudtasks;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.QueueName;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2.TaskName;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.twofold.sync.dispatch.Queue;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates tasks that Cloud Tasks posts to the writes service. The first call opens the client; if
 * that fails, the next one tries again.
 */
final class CloudTasksDispatcher implements TaskDispatcher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CloudTasksDispatcher.class);

  private static final ByteString BODY = ByteString.copyFromUtf8("{}");
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

  private final DispatchSettings settings;
  private final Supplier<CloudTasksConnection> connector;
  private final AtomicReference<@Nullable FutureTask<CloudTasksConnection>> connection =
      new AtomicReference<>();

  CloudTasksDispatcher(DispatchSettings settings, Supplier<CloudTasksConnection> connector) {
    this.settings = settings;
    this.connector = connector;
  }

  @Override
  public void create(WriteTask task) {
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder()
            .setParent(queue(task.tenant(), task.queue()).toString())
            .setTask(toTask(task))
            .build();
    // A task of that name waits, runs or has run: this one need not be made.
    call(
        "create a task in " + request.getParent(),
        Code.ALREADY_EXISTS,
        true,
        client -> {
          client.createTask(request);
          return true;
        });
  }

  @Override
  public boolean exists(WriteTask task) {
    TaskName name = name(task);
    return call(
        "look for a task",
        Code.NOT_FOUND,
        false,
        client -> {
          client.getTask(name);
          return true;
        });
  }

  @Override
  public void pause(TenantId tenant) {
    forEachQueue(tenant, "pause", queue -> client -> client.pauseQueue(queue));
  }

  @Override
  public void resume(TenantId tenant) {
    forEachQueue(tenant, "resume", queue -> client -> client.resumeQueue(queue));
  }

  /** Tries every queue before it fails, so that one of them cannot keep the others going. */
  private void forEachQueue(
      TenantId tenant, String what, Function<QueueName, Consumer<CloudTasksClient>> change) {
    RuntimeException failure = null;
    for (Queue queue : Queue.values()) {
      QueueName name = queue(tenant, queue);
      try {
        call(
            what + " " + name,
            null,
            true,
            client -> {
              change.apply(name).accept(client);
              return true;
            });
      } catch (RetryableFailure | PermanentFailure failed) {
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Task toTask(WriteTask task) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .setHttpMethod(HttpMethod.POST)
            .setUrl(settings.writesBaseUrl() + task.path())
            .putHeaders("Content-Type", "application/json")
            .setBody(BODY);
    String trace = task.trace();
    if (trace != null) {
      request.putHeaders("traceparent", trace);
    }
    if (!settings.serviceAccount().isEmpty()) {
      request.setOidcToken(
          OidcToken.newBuilder()
              .setServiceAccountEmail(settings.serviceAccount())
              .setAudience(settings.audience()));
    }
    return Task.newBuilder()
        .setName(name(task).toString())
        .setScheduleTime(timestamp(task.dueAt()))
        .setDispatchDeadline(Durations.fromMillis(settings.dispatchDeadline().toMillis()))
        .setHttpRequest(request)
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private QueueName queue(TenantId tenant, Queue queue) {
    return QueueName.of(settings.project(), settings.location(), tenant + "-" + queue.label());
  }

  private TaskName name(WriteTask task) {
    return TaskName.of(
        settings.project(),
        settings.location(),
        task.tenant() + "-" + task.queue().label(),
        task.name());
  }

  /** The call's answer, or the other one where Cloud Tasks refuses with that code. */
  private boolean call(
      String what,
      @Nullable Code answer,
      boolean meaning,
      Function<CloudTasksClient, Boolean> call) {
    CloudTasksConnection open = open(what);
    try {
      return call.apply(open.client());
    } catch (ApiException refused) {
      Code code = refused.getStatusCode().getCode();
      if (code == answer) {
        return meaning;
      }
      open.renew();
      String message = "Cloud Tasks answered %s, could not %s".formatted(code, what);
      throw code == Code.INVALID_ARGUMENT
          ? new PermanentFailure(Stage.DISPATCHING, message, refused)
          : new RetryableFailure(Stage.DISPATCHING, message, refused);
    }
  }

  private CloudTasksConnection open(String what) {
    FutureTask<CloudTasksConnection> opening = opening();
    try {
      return opening.get(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new RetryableFailure(
          Stage.DISPATCHING, "the Cloud Tasks client is not ready, could not " + what, late);
    } catch (ExecutionException failed) {
      connection.compareAndSet(opening, null);
      throw new RetryableFailure(
          Stage.DISPATCHING, "the Cloud Tasks client cannot be opened, could not " + what, failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new RetryableFailure(Stage.DISPATCHING, "stopping, could not " + what, stopping);
    }
  }

  /** The opening under way or done; at most one is under way, on a thread of its own. */
  private FutureTask<CloudTasksConnection> opening() {
    while (true) {
      FutureTask<CloudTasksConnection> current = connection.get();
      if (current != null) {
        return current;
      }
      FutureTask<CloudTasksConnection> opening = new FutureTask<>(connector::get);
      if (connection.compareAndSet(null, opening)) {
        Thread.startVirtualThread(opening);
        return opening;
      }
    }
  }

  /** Called after the web server has let its last request go. */
  @Override
  public void close() {
    FutureTask<CloudTasksConnection> opened = connection.get();
    if (opened == null) {
      return;
    }
    try {
      if (!opened.get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS).close(CLOSE_WITHIN)) {
        LOG.warn("The Cloud Tasks client did not end within {}", CLOSE_WITHIN);
      }
    } catch (ExecutionException | TimeoutException neverOpened) {
      LOG.info("The Cloud Tasks client was never open", neverOpened);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      LOG.warn("Closing the Cloud Tasks client was interrupted", hurried);
    }
  }
}
