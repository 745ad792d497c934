package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.StackSettings;
import dev.twofold.simulators.stripe.engine.StripeWebhookFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts signed Stripe events to ingest-service as fast as it answers, over a growing number of
 * connections. The stack has Pub/Sub and ingest-service only, and nobody takes the messages away.
 */
public final class IntakeBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final LocalStack stack;
  private final URI target;
  private final List<String> secrets;
  private final Progress progress;
  private final AtomicInteger number = new AtomicInteger();

  /** On a stack with at least Pub/Sub and ingest-service. */
  public IntakeBenchmark(LocalStack stack, StackSettings settings, Progress progress) {
    this.stack = stack;
    this.target =
        URI.create(stack.addresses().of(Part.INGEST) + "/webhooks/stripe/" + StackSettings.TENANT);
    this.secrets = List.of(settings.local("STRIPE_WEBHOOK_SECRET").split(",", -1)[0]);
    this.progress = progress;
  }

  /** Measures each number of connections for that long. */
  public IntakeReport measure(List<Integer> connections, Duration each)
      throws InterruptedException {
    progress.stage("intake", connections.size() + 1L);
    run(connections.getLast(), WARM_UP);
    ProcessMeter processes = new ProcessMeter(stack);
    Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<IntakeReport.Level> levels = new ArrayList<>();
    for (int level : connections) {
      levels.add(run(level, each));
      progress.at(levels.size() + 1L, "%d connections".formatted(level));
    }
    return new IntakeReport(
        startedAt.toString(),
        each.toMillis() / 1_000.0,
        ProcessMeter.machine(),
        levels,
        processes.uses());
  }

  private IntakeReport.Level run(int connections, Duration time) throws InterruptedException {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    AtomicLong refused = new AtomicLong();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = client(threads)) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < connections; caller++) {
        callers.add(
            threads.submit(() -> {
              while (System.nanoTime() - begin < time.toNanos()) {
                long sent = System.nanoTime();
                if (post(client)) {
                  millis.add((System.nanoTime() - sent) / 1e6);
                } else {
                  refused.incrementAndGet();
                }
              }
              return null;
            }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A caller broke off: " + e.getCause(), e.getCause());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Percentiles took = Percentiles.of(millis);
    return new IntakeReport.Level(
        connections,
        took.count(),
        refused.get(),
        Math.round(took.count() / seconds * 10) / 10.0,
        took.p50(),
        took.p99(),
        took.max());
  }

  private static HttpClient client(ExecutorService threads) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .executor(threads)
        .build();
  }

  private boolean post(HttpClient client) throws InterruptedException {
    byte[] body = event(number.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    new StripeWebhookFormat(secrets).headers(body, Instant.now()).forEach(request::setHeader);
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException unanswered) {
      return false;
    }
  }

  /** About a kilobyte, as an event of a customer is. */
  private static String event(int number) {
    return """
    {"id": "evt_%d", "object": "event", "api_version": "2026-07-29.dahlia", "created": 1795261262,
     "type": "customer.updated", "livemode": false, "pending_webhooks": 1,
     "request": {"id": "req_%d", "idempotency_key": null},
     "data": {"object": {"id": "cus_%d", "object": "customer", "address": null, "balance": 0,
       "created": 1795261262, "currency": null, "default_source": null, "delinquent": false,
       "description": "%s", "discount": null, "email": "burst-%d@example.com",
       "invoice_prefix": "ABCDEFGH", "livemode": false, "metadata": {}, "name": "Burst No%d",
       "phone": "+41440000000", "preferred_locales": [], "shipping": null, "tax_exempt": "none"},
      "previous_attributes": {"name": "Burst Before"}}}
    """
        .formatted(number, number, number, "x".repeat(300), number, number);
  }
}
