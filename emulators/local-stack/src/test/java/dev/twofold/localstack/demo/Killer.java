package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.StackProblem;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Kills a service once in each act of the demo, a few calls or webhooks after the act began, so
 * that work is under way at that moment.
 */
final class Killer implements AutoCloseable {
  /** How each act's line begins, and after how many events the kill comes at the latest. */
  private static final Map<String, Integer> ACTS =
      Map.of(
          "connecting", 12,
          "10 people are entered", 10,
          "5 people are changed", 5,
          // One batch carries all three.
          "3 purchases", 1);

  private final LocalStack stack;
  private final Part victim;
  private final Random random;
  private final BlockingQueue<Long> orders = new LinkedBlockingQueue<>();
  private final AtomicInteger kills = new AtomicInteger();
  private final Thread thread;

  Killer(LocalStack stack, Part victim, long seed) {
    this.stack = stack;
    this.victim = victim;
    this.random = new Random(seed);
    this.thread = Thread.ofPlatform().name("killer").start(this::obey);
  }

  /** Told by the demo before each act. */
  void actBegins(String line) {
    System.out.println(line);
    ACTS.forEach((act, eventsMax) -> {
      if (line.startsWith(act)) {
        orders.add(events() + 1 + random.nextInt(eventsMax));
      }
    });
  }

  int kills() {
    return kills.get();
  }

  private void obey() {
    try {
      while (true) {
        long after = orders.take();
        while (events() < after) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
        // On a slow machine an act may begin before the service is back from the last one's kill.
        stack.awaitReady(victim);
        stack.kill(victim);
        kills.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StackProblem e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  /** Calls that sync-service has made, or deliveries that ingest-service has taken in. */
  private long events() {
    return count(Part.HUBSPOT) + count(Part.STRIPE);
  }

  private long count(Part side) {
    try {
      String url = stack.addresses().of(side) + "/_simulator/stats";
      JsonNode stats = stack.http().get(url).json(url);
      return victim == Part.SYNC
          ? stats.path("calls").asLong()
          : stats.path("webhooks").path("delivered").asLong();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
