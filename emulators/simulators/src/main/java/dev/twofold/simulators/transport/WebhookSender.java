package dev.twofold.simulators.transport;

import dev.twofold.simulators.http.PostClient;
import dev.twofold.simulators.webhook.Delivery;
import dev.twofold.simulators.webhook.DeliveryAnswer;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Carries out what a {@link WebhookSchedule} says: one thread waits for what is due, each delivery
 * has a virtual thread of its own and five seconds for its answer.
 */
public final class WebhookSender implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** More than any setting lets out at once; the schedule is what holds back. */
  private static final int CONNECTIONS = 10_000;

  private final WebhookSchedule schedule;
  private final EngineLock lock;
  private final InstantSource clock;
  private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
  private final PostClient client;
  private final Thread planner;

  WebhookSender(WebhookSchedule schedule, EngineLock lock, InstantSource clock) {
    this(schedule, lock, clock, TIMEOUT);
  }

  /** Gives up on an answer after that long. */
  WebhookSender(WebhookSchedule schedule, EngineLock lock, InstantSource clock, Duration timeout) {
    this.client = new PostClient(timeout, CONNECTIONS);
    this.schedule = schedule;
    this.lock = lock;
    this.clock = clock;
    planner = Thread.ofVirtual().name("webhook-planner").start(this::plan);
  }

  private void plan() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        awaitDue().forEach(delivery -> deliveries.execute(() -> deliver(delivery)));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Delivery> awaitDue() throws InterruptedException {
    lock.hold();
    try {
      List<Delivery> due = schedule.due(clock.instant());
      while (due.isEmpty()) {
        Optional<Instant> next = schedule.nextDueAt();
        Duration wait =
            next.map(at -> Duration.between(clock.instant(), at)).orElse(Duration.ofMinutes(1));
        lock.awaitChange(Math.max(wait.toNanos(), 1));
        due = schedule.due(clock.instant());
      }
      return due;
    } finally {
      lock.release();
    }
  }

  private void deliver(Delivery delivery) {
    DeliveryAnswer answer = post(delivery);
    // Taken before the lock, so that a busy engine does not count as a slow receiver.
    Instant answeredAt = clock.instant();
    lock.run(() -> schedule.answered(delivery, answer, answeredAt));
  }

  private DeliveryAnswer post(Delivery delivery) {
    try {
      return new DeliveryAnswer.Status(
          client.post(URI.create(delivery.url()), delivery.headers(), delivery.body()));
    } catch (IOException | IllegalArgumentException failed) {
      return new DeliveryAnswer.NoAnswer(failed.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    planner.interrupt();
    client.close();
    deliveries.shutdownNow();
  }
}
