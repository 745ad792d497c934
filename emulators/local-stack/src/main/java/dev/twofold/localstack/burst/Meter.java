package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.QueueDepth;
import dev.twofold.localstack.stack.StackProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Looks a few times a second at how much waits: tasks of each side's queues, and now and then the
 * rows of HubSpot's outbox. Runs until it is closed.
 */
final class Meter implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  /** What waited at a moment. */
  record Look(long at, long hubSpotTasks, long stripeTasks) {
    long tasks(Part side) {
      return side == Part.HUBSPOT ? hubSpotTasks : stripeTasks;
    }
  }

  private final QueueDepth queues;
  private final LoopbackHttp http;
  private final String countUrl;
  private final boolean countsRows;
  private final List<Look> looks = new ArrayList<>();
  private final Thread thread;
  private long countedAt = System.nanoTime();
  private long rowsMost;
  private int failed;

  /**
   * Begins to look.
   *
   * @param documents where the tenant's documents are in the Firestore emulator's REST API
   * @param countsRows whether rows are counted; the emulator looks at all documents to do it
   */
  Meter(QueueDepth queues, LoopbackHttp http, String documents, boolean countsRows) {
    this.queues = queues;
    this.countsRows = countsRows;
    this.http = http;
    this.countUrl = documents + ":runAggregationQuery";
    this.thread = Thread.ofVirtual().name("meter").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Map<String, Long> tasks = queues.tasksPerQueue();
      long hubSpot = 0;
      long stripe = 0;
      for (Map.Entry<String, Long> queue : tasks.entrySet()) {
        if (queue.getKey().contains("stripe")) {
          stripe += queue.getValue();
        } else {
          hubSpot += queue.getValue();
        }
      }
      boolean counts = countsRows && System.nanoTime() - countedAt > BETWEEN_COUNTS.toNanos();
      long rows = counts ? rows() : 0;
      synchronized (this) {
        looks.add(new Look(System.currentTimeMillis(), hubSpot, stripe));
        rowsMost = Math.max(rowsMost, rows);
      }
    } catch (StackProblem e) {
      synchronized (this) {
        failed++;
      }
    }
  }

  private long rows() throws InterruptedException {
    String query =
        """
        {"structuredAggregationQuery": {
          "structuredQuery": {"from": [{"collectionId": "outbox"}]},
          "aggregations": [{"alias": "rows", "count": {}}]}}
        """;
    JsonNode answer = http.send("POST", countUrl, query).json(countUrl);
    countedAt = System.nanoTime();
    JsonNode result = answer.path(0).path("result").path("aggregateFields");
    return Long.parseLong(result.path("rows").path("integerValue").asString("0"));
  }

  /** The newest look. */
  synchronized Optional<Look> newest() {
    return looks.isEmpty() ? Optional.empty() : Optional.of(looks.getLast());
  }

  /** Every look, oldest first. */
  synchronized List<Look> looks() {
    return List.copyOf(looks);
  }

  /** The most rows seen in HubSpot's outbox. */
  synchronized long rowsMost() {
    return rowsMost;
  }

  /** How often something could not be asked. */
  synchronized int failed() {
    return failed;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
