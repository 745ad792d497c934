package dev.twofold.cloudtasks.benchmark;

import com.google.cloud.tasks.v2.CloudTasksGrpc.CloudTasksBlockingStub;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import dev.twofold.cloudtasks.CloudTasksEmulator;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.RateLimits;
import dev.twofold.cloudtasks.engine.RetryPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Creates many waiting tasks, then dispatches several queues at their rates for a while, and prints
 * what it measured. It fails when creation is slower, or a rate farther off, than promised.
 */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Measure creation, memory and dispatch on this machine.")
public final class Benchmark implements Callable<Integer> {

  private static final double CREATIONS_PER_SECOND_MIN = 5000;
  private static final double RATE_ERROR_MAX = 0.01;
  private static final ByteString BODY = ByteString.copyFrom(new byte[200]);

  private static final RetryPolicy ONCE_AN_HOUR =
      new RetryPolicy(-1, Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1), 1);

  @Option(names = "--tasks", defaultValue = "100000", description = "Waiting tasks to create.")
  private int tasks;

  @Option(names = "--callers", defaultValue = "16", description = "Concurrent creators.")
  private int callers;

  @Option(names = "--rates", split = ",", defaultValue = "15,100,500", description = "Per second.")
  private List<Integer> rates = List.of();

  @Option(names = "--seconds", defaultValue = "60", description = "How long to dispatch.")
  private int seconds;

  @Option(names = "--data", description = "Keep the state in this file while measuring.")
  private @Nullable Path data;

  private boolean kept = true;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    CloudTasksEmulator.Builder builder =
        CloudTasksEmulator.builder().queue(queue("waiting"), QueueSettings.DEFAULT);
    if (data != null) {
      builder.data(data);
    }
    try (CloudTasksEmulator emulator = builder.start()) {
      CloudTasksBlockingStub client =
          GrpcClients.newClient("gproto+" + emulator.url() + "/", CloudTasksBlockingStub.class);
      measureCreation(emulator, client);
      emulator.reset();
      measureDispatch(emulator, client);
    }
    System.out.println(kept ? "all promises kept" : "NOT all promises kept");
    return kept ? 0 : 1;
  }

  private void measureCreation(CloudTasksEmulator emulator, CloudTasksBlockingStub client)
      throws InterruptedException, ExecutionException {
    Task later =
        Task.newBuilder()
            .setHttpRequest(HttpRequest.newBuilder().setUrl("http://127.0.0.1:1/").setBody(BODY))
            .setScheduleTime(
                Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1000 + 86_400))
            .build();
    create(client, "waiting", later, tasks / 10);
    emulator.reset();
    long heapBefore = usedHeap();
    long start = System.nanoTime();
    long[] latencies = create(client, "waiting", later, tasks);
    double perSecond = tasks / ((System.nanoTime() - start) / 1e9);
    long bytesPerTask = (usedHeap() - heapBefore) / tasks;
    Arrays.sort(latencies);
    System.out.printf(
        Locale.ROOT,
        "creation   %,d tasks at %,.0f/s by %d callers; p50 %.2f ms, p99 %.2f ms%n",
        tasks,
        perSecond,
        callers,
        millis(latencies, 0.5),
        millis(latencies, 0.99));
    System.out.printf(
        Locale.ROOT, "memory     %,d bytes per waiting task, body of 200 bytes%n", bytesPerTask);
    kept &= perSecond >= CREATIONS_PER_SECOND_MIN;
    kept &= emulator.stats(queue("waiting")).tasks() == tasks;
  }

  private void measureDispatch(CloudTasksEmulator emulator, CloudTasksBlockingStub client)
      throws InterruptedException, ExecutionException {
    Map<Integer, Arrivals> arrivals = new LinkedHashMap<>();
    rates.forEach(rate -> arrivals.put(rate, new Arrivals(rate * (seconds + 10) + 200)));
    Server target =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(
                "/{rate}",
                (context, request) -> {
                  arrival(arrivals, String.valueOf(context.pathParam("rate")));
                  // Refused for good, so that the task stays and tells when it left.
                  return HttpResponse.of(HttpStatus.NOT_FOUND);
                })
            .build();
    target.start().join();
    try {
      warmUp(emulator, client, "http://127.0.0.1:" + target.activeLocalPort() + "/0");
      for (int rate : rates) {
        fill(emulator, client, rate, "http://127.0.0.1:" + target.activeLocalPort() + "/" + rate);
      }
      TimeUnit.SECONDS.sleep(1);
      rates.forEach(rate -> emulator.resumeQueue(queue("rate-" + rate)));
      TimeUnit.SECONDS.sleep(seconds + 3L);
      for (int rate : rates) {
        emulator.pauseQueue(queue("rate-" + rate));
        Arrivals left = departures(client, rate, rate * (seconds + 10) + 200);
        report(rate, arrivals.get(rate), emulator, left);
      }
    } finally {
      target.stop().join();
    }
  }

  // The first calls of a fresh process load classes and open connections.
  private void warmUp(CloudTasksEmulator emulator, CloudTasksBlockingStub client, String url)
      throws InterruptedException, ExecutionException {
    emulator.createQueue(queue("warm"), QueueSettings.of(RateLimits.DEFAULT, ONCE_AN_HOUR));
    HttpRequest request = HttpRequest.newBuilder().setUrl(url).setBody(BODY).build();
    create(client, "warm", Task.newBuilder().setHttpRequest(request).build(), 2000);
    TimeUnit.SECONDS.sleep(5);
  }

  private void fill(
      CloudTasksEmulator emulator, CloudTasksBlockingStub client, int rate, String url)
      throws InterruptedException, ExecutionException {
    QueueName name = queue("rate-" + rate);
    emulator.createQueue(name, QueueSettings.of(new RateLimits(rate, 0, 0), ONCE_AN_HOUR));
    emulator.pauseQueue(name);
    Task now =
        Task.newBuilder()
            .setHttpRequest(HttpRequest.newBuilder().setUrl(url).setBody(BODY))
            .build();
    create(client, name.id(), now, rate * (seconds + 5) + 100);
  }

  private void report(
      int rate, @Nullable Arrivals arrived, CloudTasksEmulator emulator, Arrivals left) {
    if (arrived == null) {
      throw new IllegalStateException("no arrivals were kept for " + rate);
    }
    int most = rate + emulator.getQueue(queue("rate-" + rate)).burst();
    double perSecond = arrived.after(1, seconds) / (double) seconds;
    int worst = left.worstSlidingSecond();
    System.out.printf(
        Locale.ROOT,
        "dispatch   set %d/s, arrived %.2f/s over %d s (%+.2f %%); most in one second: %d left"
            + " (%d allowed), %d arrived%n",
        rate,
        perSecond,
        seconds,
        100 * (perSecond / rate - 1),
        worst,
        most,
        arrived.worstSlidingSecond());
    kept &= Math.abs(perSecond / rate - 1) <= RATE_ERROR_MAX;
    kept &= worst <= most;
  }

  /** When the calls of a queue left, as the emulator itself says. */
  private static Arrivals departures(CloudTasksBlockingStub client, int rate, int most) {
    Arrivals departures = new Arrivals(most);
    String token = "";
    do {
      ListTasksResponse page =
          client.listTasks(
              ListTasksRequest.newBuilder()
                  .setParent(queue("rate-" + rate).path())
                  .setPageToken(token)
                  .build());
      page.getTasksList().stream()
          .filter(Task::hasFirstAttempt)
          .forEach(
              task -> departures.add(Timestamps.toNanos(task.getFirstAttempt().getDispatchTime())));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return departures;
  }

  private long[] create(CloudTasksBlockingStub client, String queue, Task task, int count)
      throws InterruptedException, ExecutionException {
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder().setParent(queue(queue).path()).setTask(task).build();
    long[] latencies = new long[count];
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> creators = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        creators.add(
            executor.submit(() -> {
              for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long start = System.nanoTime();
                client.createTask(request);
                latencies[i] = System.nanoTime() - start;
              }
            }));
      }
      for (Future<?> creator : creators) {
        creator.get();
      }
    }
    return latencies;
  }

  private static void arrival(Map<Integer, Arrivals> arrivals, String rate) {
    Arrivals kept = arrivals.get(Integer.valueOf(rate));
    if (kept != null) {
      kept.add(System.nanoTime());
    }
  }

  private static QueueName queue(String id) {
    return QueueName.of("benchmark", "local", id);
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  // Two collections: the first may leave what finalizers and caches still hold.
  private static long usedHeap() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
