package dev.twofold.simulators.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Which deliveries leave when. Notices gather into deliveries; a delivery that is not answered with
 * 2xx comes again as the vendor repeats it, until the vendor gives up. Never more deliveries are
 * out than the concurrency allows. The same calls at the same instants give the same deliveries.
 */
public final class WebhookSchedule {
  /** How many finished attempts are kept for the page and for checks. */
  public static final int KEPT = 200_000;

  /** A finished attempt; {@code about} tells of each of its notices. */
  public record Attempt(
      Instant sentAt,
      Instant answeredAt,
      long delivery,
      int attempt,
      String answer,
      String kinds,
      List<String> about) {
    /** How many notices it carried. */
    public int notices() {
      return about.size();
    }
  }

  /** How much was offered, is still to do, and was done. */
  public record Counts(
      long notices,
      int waiting,
      int retrying,
      int inFlight,
      long delivered,
      long failedAttempts,
      long givenUp) {}

  private record Waiting(Notice notice, Instant readyAt, long order) {}

  private record Planned(
      long id, int attempt, List<Notice> notices, Instant dueAt, boolean repeat) {}

  private final WebhookFormat format;
  private final RandomGenerator random;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::readyAt).thenComparingLong(Waiting::order));
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::dueAt).thenComparingLong(Planned::id));
  private final Map<Long, Planned> inFlight = new HashMap<>();
  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
  private WebhookSettings settings;
  private BiConsumer<Notice, Boolean> settled = (notice, delivered) -> {};
  private long nextId = 1;
  private long offered;
  private long delivered;
  private long failedAttempts;
  private long givenUp;

  public WebhookSchedule(WebhookFormat format, WebhookSettings settings, RandomGenerator random) {
    this.format = format;
    this.settings = settings;
    this.random = random;
  }

  /** Who hears of every notice's end: delivered, or given up. */
  public void onSettled(BiConsumer<Notice, Boolean> listener) {
    settled = listener;
  }

  public WebhookSettings settings() {
    return settings;
  }

  public void change(WebhookSettings changed) {
    settings = changed;
  }

  /** Queues a notice; answers false where no address is known and it goes nowhere. */
  public boolean offer(Notice notice, Instant now) {
    if (settings.url().isEmpty()) {
      return false;
    }
    offered++;
    waiting.add(new Waiting(notice, now.plus(disorder()), offered));
    return true;
  }

  private Duration disorder() {
    if (settings.disorderRate() == 0 || random.nextDouble() >= settings.disorderRate()) {
      return Duration.ZERO;
    }
    return compressed(randomPart(settings.disorderMax()));
  }

  private Duration randomPart(Duration whole) {
    return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
  }

  private Duration compressed(Duration vendorTime) {
    return Duration.ofNanos((long) (vendorTime.toNanos() / settings.compression()));
  }

  /** When the next delivery can leave; empty while nothing waits or every connection is taken. */
  public Optional<Instant> nextDueAt() {
    if (inFlight.size() >= settings.concurrency()) {
      return Optional.empty();
    }
    Optional<Instant> fresh = freshDueAt();
    Optional<Instant> again = Optional.ofNullable(planned.peek()).map(Planned::dueAt);
    if (fresh.isEmpty() || again.isEmpty()) {
      return fresh.or(() -> again);
    }
    return fresh.get().isBefore(again.get()) ? fresh : again;
  }

  private Optional<Instant> freshDueAt() {
    return Optional.ofNullable(waiting.peek())
        .map(head ->
            waiting.size() >= settings.maxPerDelivery()
                ? head.readyAt()
                : head.readyAt().plus(settings.groupingDelay()));
  }

  /** Takes out everything that leaves at this instant, signed for it. */
  public List<Delivery> due(Instant now) {
    List<Delivery> leaving = new ArrayList<>();
    Optional<Instant> next = nextDueAt();
    while (next.isPresent() && !next.get().isAfter(now)) {
      leaving.add(takeNext(now));
      next = nextDueAt();
    }
    return leaving;
  }

  private Delivery takeNext(Instant now) {
    Planned again = planned.peek();
    boolean freshFirst =
        again == null || freshDueAt().map(fresh -> fresh.isBefore(again.dueAt())).orElse(false);
    Planned next = freshFirst ? group(now) : planned.remove();
    inFlight.put(next.id(), next);
    byte[] body = format.body(next.notices(), next.attempt());
    Map<String, String> headers = format.headers(body, now);
    return new Delivery(
        next.id(), next.attempt(), settings.url(), headers, body, next.notices(), now);
  }

  private Planned group(Instant now) {
    List<Notice> notices = new ArrayList<>();
    Waiting head = waiting.peek();
    while (head != null
        && !head.readyAt().isAfter(now)
        && notices.size() < settings.maxPerDelivery()) {
      notices.add(waiting.remove().notice());
      head = waiting.peek();
    }
    return new Planned(nextId++, 0, List.copyOf(notices), now, false);
  }

  /** Takes the answer of a delivery given out by {@link #due}; an unknown one is an error. */
  public void answered(Delivery delivery, DeliveryAnswer answer, Instant now) {
    Planned done = inFlight.remove(delivery.id());
    if (done == null) {
      throw new IllegalStateException("delivery " + delivery.id() + " is not in flight");
    }
    keep(delivery, answer, now);
    if (answer.delivered()) {
      succeed(done, now);
    } else {
      retry(done, now);
    }
  }

  private void succeed(Planned done, Instant now) {
    if (!done.repeat()) {
      delivered += done.notices().size();
      done.notices().forEach(notice -> settled.accept(notice, true));
    }
    if (!done.repeat()
        && settings.repeatRate() > 0
        && random.nextDouble() < settings.repeatRate()) {
      Instant again = now.plus(compressed(randomPart(settings.disorderMax())));
      planned.add(new Planned(nextId++, done.attempt(), done.notices(), again, true));
    }
  }

  private void retry(Planned done, Instant now) {
    failedAttempts++;
    Optional<Duration> pause = format.retryAfter(done.attempt(), random);
    if (pause.isEmpty()) {
      if (!done.repeat()) {
        givenUp += done.notices().size();
        done.notices().forEach(notice -> settled.accept(notice, false));
      }
      return;
    }
    Instant again = now.plus(compressed(pause.get()));
    planned.add(new Planned(done.id(), done.attempt() + 1, done.notices(), again, done.repeat()));
  }

  private void keep(Delivery delivery, DeliveryAnswer answer, Instant now) {
    String said =
        switch (answer) {
          case DeliveryAnswer.Status(int code) -> Integer.toString(code);
          case DeliveryAnswer.NoAnswer(String reason) -> reason;
        };
    attempts.addFirst(
        new Attempt(
            delivery.sentAt(),
            now,
            delivery.id(),
            delivery.attempt(),
            said,
            kinds(delivery.notices()),
            delivery.notices().stream().map(Notice::about).toList()));
    if (attempts.size() > KEPT) {
      attempts.removeLast();
    }
  }

  private static String kinds(List<Notice> notices) {
    List<String> kinds =
        notices.stream()
            .map(Notice::body)
            .map(body -> body.path("subscriptionType").asString(body.path("type").asString("")))
            .distinct()
            .toList();
    return String.join(", ", kinds);
  }

  /** The newest finished attempts, newest first. */
  public List<Attempt> newestAttempts(int count) {
    return attempts.stream().limit(count).toList();
  }

  public Counts counts() {
    int retrying = planned.stream().mapToInt(again -> again.notices().size()).sum();
    int out = inFlight.values().stream().mapToInt(flying -> flying.notices().size()).sum();
    return new Counts(offered, waiting.size(), retrying, out, delivered, failedAttempts, givenUp);
  }

  /** Drops what waits and every count. Deliveries in flight may still be answered. */
  public void clear() {
    waiting.clear();
    planned.clear();
    attempts.clear();
    offered = 0;
    delivered = 0;
    failedAttempts = 0;
    givenUp = 0;
  }
}
