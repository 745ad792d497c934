package dev.twofold.localstack.pump;

import dev.twofold.simulators.http.PostClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Pulls a subscription and pushes its messages, until it is closed. What cannot be reached is tried
 * again, and told once each time it begins to fail. A message is acknowledged only after the
 * endpoint or the dead-letter topic has it; what was held when the pump was closed or killed comes
 * again once its deadline has passed.
 */
public final class PushPump implements AutoCloseable {
  /** Other statuses, 206 and redirects among them, are refusals. */
  private static final Set<Integer> TAKEN = Set.of(102, 200, 201, 202, 204);

  private static final Duration RETRY = Duration.ofMillis(250);
  private static final int ACKED_TOGETHER = 500;

  /**
   * How long more is waited for after something came or is to be acknowledged: under load a call
   * for each message would cost the emulator more than the message. The first one of a pause is
   * pushed at once.
   */
  private static final Duration GATHER = Duration.ofMillis(50);

  /**
   * What is pumped from where.
   *
   * @param server the Pub/Sub emulator's address, with its scheme
   * @param subscription the full name of a pull subscription
   * @param deadLetterTopic the full name of the topic for what is refused too often
   */
  public record Source(String server, String subscription, String deadLetterTopic) {}

  /** What it has done so far. */
  public record Counts(
      long pushed, long acknowledged, long refused, long deadLetters, int window, int held) {}

  private final Source source;
  private final PumpSettings settings;
  private final Bearer bearer;
  private final Consumer<String> notes;
  private final PubSubRest rest;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PushPlan plan;
  private final BlockingQueue<String> toAcknowledge = new LinkedBlockingQueue<>();
  private final AtomicLong pushed = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("pump-", 0).factory());
  private final HttpClient api =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(threads)
          .build();

  private final PostClient client;
  private final URI endpoint;

  private PushPump(Source source, PumpSettings settings, Bearer bearer, Consumer<String> notes) {
    this.source = source;
    this.settings = settings;
    this.bearer = bearer;
    this.notes = notes;
    this.rest = new PubSubRest(api, source.server(), source.subscription());
    this.plan = new PushPlan(settings);
    this.client = new PostClient(settings.ackDeadline(), PushWindow.MOST);
    this.endpoint = URI.create(settings.endpoint());
  }

  /** Starts pumping; whatever is not there yet is waited for. */
  public static PushPump start(
      Source source, PumpSettings settings, Bearer bearer, Consumer<String> notes) {
    PushPump pump = new PushPump(source, settings, bearer, notes);
    pump.threads.execute(() -> pump.repeat("pulling", pump::pull));
    pump.threads.execute(() -> pump.repeat("pushing", pump::leave));
    pump.threads.execute(() -> pump.repeat("acknowledging", pump::acknowledge));
    pump.threads.execute(() -> pump.repeat("moving deadlines", pump::moveDeadlines));
    return pump;
  }

  /** What it has done so far. */
  public Counts counts() {
    lock.lock();
    try {
      return new Counts(
          pushed.get(),
          acknowledged.get(),
          refused.get(),
          deadLetters.get(),
          plan.windowSize(),
          plan.held());
    } finally {
      lock.unlock();
    }
  }

  /** One round of an endless task. */
  private interface Round {
    void run() throws IOException, InterruptedException;
  }

  private void repeat(String what, Round round) {
    boolean failing = false;
    try {
      while (!Thread.currentThread().isInterrupted() && !threads.isShutdown()) {
        try {
          round.run();
          failing = false;
        } catch (IOException e) {
          if (!failing && !threads.isShutdown()) {
            notes.accept("The push pump fails at " + what + " and goes on trying: " + e);
          }
          failing = true;
          Thread.sleep(RETRY);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void pull() throws IOException, InterruptedException {
    int room = awaitRoom();
    List<PulledMessage> pulled = rest.pull(room);
    lock.lock();
    try {
      pulled.forEach(plan::offer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread.sleep(GATHER);
  }

  private int awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (plan.room() == 0) {
        changed.await();
      }
      return plan.room();
    } finally {
      lock.unlock();
    }
  }

  private void leave() throws InterruptedException {
    lock.lock();
    try {
      long now = System.nanoTime();
      Optional<PushPlan.Push> next = plan.next(now);
      while (next.isEmpty()) {
        long wakeAt = plan.nextAt(now);
        if (wakeAt == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(Math.max(1, wakeAt - now));
        }
        now = System.nanoTime();
        next = plan.next(now);
      }
      PushPlan.Push push = next.get();
      threads.execute(() -> push(push));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void push(PushPlan.Push push) {
    pushed.incrementAndGet();
    try {
      if (isTaken(push)) {
        acknowledged.incrementAndGet();
        toAcknowledge.add(push.message().ackId());
        settle(() -> plan.acknowledged(push, System.nanoTime()));
        return;
      }
      refused.incrementAndGet();
      List<Boolean> isDead = new ArrayList<>(1);
      settle(() -> isDead.add(plan.refused(push, System.nanoTime())));
      if (isDead.getFirst()) {
        putAway(push);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isTaken(PushPlan.Push push) throws InterruptedException {
    String body = PushMessages.wrapped(push.message(), source.subscription(), push.attempts());
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "CloudPubSub-Google");
    try {
      bearer
          .token(System.nanoTime())
          .ifPresent(token -> headers.put("Authorization", "Bearer " + token));
      return TAKEN.contains(client.post(endpoint, headers, body.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unanswered) {
      // Nobody there, a broken connection or the deadline: all of them are a refusal.
      return false;
    } catch (IllegalStateException | IllegalArgumentException unsigned) {
      notes.accept("A push cannot be made and is made again later: " + unsigned);
      return false;
    }
  }

  private void putAway(PushPlan.Push push) throws InterruptedException {
    try {
      rest.publish(
          source.deadLetterTopic(),
          PushMessages.deadLetter(push.message(), source.subscription(), push.attempts()));
      deadLetters.incrementAndGet();
      toAcknowledge.add(push.message().ackId());
      settle(() -> plan.putAway(push));
    } catch (IOException e) {
      notes.accept("A dead letter cannot be put away and is pushed again: " + e);
      settle(() -> plan.again(push, System.nanoTime()));
    }
  }

  private void settle(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void acknowledge() throws IOException, InterruptedException {
    List<String> ackIds = new ArrayList<>();
    ackIds.add(toAcknowledge.take());
    Thread.sleep(GATHER);
    toAcknowledge.drainTo(ackIds, ACKED_TOGETHER - 1);
    boolean done = false;
    try {
      rest.acknowledge(ackIds);
      done = true;
    } finally {
      if (!done) {
        toAcknowledge.addAll(ackIds);
      }
    }
  }

  private void moveDeadlines() throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(settings.ackDeadline().dividedBy(3).toNanos());
    List<String> ackIds;
    lock.lock();
    try {
      ackIds = plan.ackIds();
    } finally {
      lock.unlock();
    }
    if (!ackIds.isEmpty()) {
      rest.moveDeadline(ackIds, settings.ackDeadline());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
    api.shutdownNow();
  }
}
