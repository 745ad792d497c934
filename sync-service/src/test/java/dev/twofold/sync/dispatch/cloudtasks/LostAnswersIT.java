package dev.twofold.sync.dispatch.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tasks.v2.CloudTasksGrpc;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.Task;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.TenantId;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dispatcher against a Cloud Tasks whose answers are lost, late or bad. */
class LostAnswersIT {

  private static final WriteTask TASK =
      WriteTask.stripe(new TenantId("main"), "l1", 7, Lane.BULK, Instant.EPOCH);

  /** Answers with the next status; OK when none is left, and not at all for CANCELLED. */
  private static final class Flaky extends CloudTasksGrpc.CloudTasksImplBase {
    private final Queue<Status> statuses = new ConcurrentLinkedQueue<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void createTask(CreateTaskRequest request, StreamObserver<Task> answer) {
      names.add(request.getTask().getName());
      Status status = statuses.isEmpty() ? Status.OK : statuses.remove();
      if (status.isOk()) {
        answer.onNext(request.getTask());
        answer.onCompleted();
      } else if (!status.equals(Status.CANCELLED)) {
        answer.onError(status.asRuntimeException());
      }
    }
  }

  private final Flaky service = new Flaky();
  private final AtomicInteger opened = new AtomicInteger();
  private final Server server = started();
  private final DispatchSettings settings = settings(Duration.ofSeconds(30));
  private final CloudTasksDispatcher dispatcher =
      new CloudTasksDispatcher(
          settings,
          () -> {
            opened.incrementAndGet();
            return new CloudTasksConnector(settings).open();
          });

  @AfterEach
  void stop() {
    dispatcher.close();
    server.shutdownNow();
  }

  @Test
  void opensNothingBeforeTheFirstTaskAndOneClientForAll() {
    assertThat(opened).hasValue(0);

    dispatcher.create(TASK);
    dispatcher.create(TASK);

    assertThat(opened).hasValue(1);
  }

  @Test
  void repeatsTheSameTaskWhenAnAnswerIsLost() {
    service.statuses.add(Status.UNAVAILABLE);

    dispatcher.create(TASK);

    assertThat(service.names).hasSize(2);
    assertThat(service.names.getFirst()).isEqualTo(service.names.getLast());
  }

  @Test
  void takesATaskThatTheLostAttemptHasMadeAsCreated() {
    service.statuses.add(Status.UNAVAILABLE);
    service.statuses.add(Status.ALREADY_EXISTS);

    dispatcher.create(TASK);

    assertThat(service.names).hasSize(2);
  }

  @Test
  void givesUpAfterThreeAttempts() {
    service.statuses.addAll(List.of(Status.UNAVAILABLE, Status.UNAVAILABLE, Status.UNAVAILABLE));

    assertThatThrownBy(() -> dispatcher.create(TASK))
        .isInstanceOf(RetryableFailure.class)
        .hasMessageContaining("UNAVAILABLE");
    assertThat(service.names).hasSize(3);
  }

  @Test
  void givesUpWhenNoAnswerComes() {
    service.statuses.addAll(List.of(Status.CANCELLED, Status.CANCELLED, Status.CANCELLED));

    DispatchSettings little = settings(Duration.ofMillis(900));
    try (CloudTasksDispatcher hurried = new CloudTasksDispatcher(little, opened(little))) {
      assertThatThrownBy(() -> hurried.create(TASK)).isInstanceOf(RetryableFailure.class);
    }
  }

  @Test
  void doesNotRepeatWhatIsRefused() {
    service.statuses.add(Status.INVALID_ARGUMENT);
    service.statuses.add(Status.PERMISSION_DENIED);

    assertThatThrownBy(() -> dispatcher.create(TASK)).isInstanceOf(PermanentFailure.class);
    assertThatThrownBy(() -> dispatcher.create(TASK)).isInstanceOf(RetryableFailure.class);
    assertThat(service.names).hasSize(2);
  }

  @Test
  void opensAgainWhenOpeningHasFailed() {
    AtomicInteger attempts = new AtomicInteger();
    try (CloudTasksDispatcher unlucky =
        new CloudTasksDispatcher(
            settings,
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("no credentials yet");
              }
              return new CloudTasksConnector(settings).open();
            })) {
      assertThatThrownBy(() -> unlucky.create(TASK)).isInstanceOf(RetryableFailure.class);

      unlucky.create(TASK);

      assertThat(service.names).hasSize(1);
    }
  }

  private DispatchSettings settings(Duration answerWithin) {
    return new DispatchSettings(
        "", "", "127.0.0.1:" + server.getPort(), "", "", "", Duration.ofSeconds(60), answerWithin);
  }

  /** A connection that is open already, so that opening it takes no time from the call. */
  private static Supplier<CloudTasksConnection> opened(DispatchSettings settings) {
    CloudTasksConnection open = new CloudTasksConnector(settings).open();
    return () -> open;
  }

  private Server started() {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .addService(service)
          .build()
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
