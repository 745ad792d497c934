package dev.twofold.localstack.stack;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** How many tasks the Cloud Tasks emulator holds, asked over its REST API. */
public final class QueueDepth {
  private final LoopbackHttp http;
  private final String url;

  /** Of all queues of the project and location in the settings. */
  public QueueDepth(LoopbackHttp http, Addresses addresses, StackSettings settings) {
    this.http = http;
    this.url =
        "%s/v2beta3/projects/%s/locations/%s/queues?readMask=name,stats"
            .formatted(addresses.url(Part.CLOUD_TASKS), settings.project(), settings.location());
  }

  /** Tasks waiting or under way. */
  public long tasks() throws InterruptedException {
    return tasksPerQueue().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same for each queue, by its full name. */
  public Map<String, Long> tasksPerQueue() throws InterruptedException {
    Map<String, Long> tasks = new TreeMap<>();
    for (JsonNode queue : http.get(url).json("GET " + url).path("queues")) {
      // The API writes 64-bit numbers as text, and leaves a zero out.
      tasks.put(
          queue.path("name").asString(""),
          Long.parseLong(queue.path("stats").path("tasksCount").asString("0")));
    }
    return tasks;
  }
}
