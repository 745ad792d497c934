package dev.twofold.sync.pacing;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Threads that wait for a schedule, on a virtual clock: each sleeps until its call may leave, wakes
 * late by a stall, and then leaves or sleeps again. What has left takes its way to the socket.
 */
final class Traffic {

  static final long SECOND = Duration.ofSeconds(1).toNanos();
  static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  /** A call that has gone out, and the limit it was let go under. */
  record Leave(Lane lane, long offeredAt, long at, int limit) {}

  private record Event(long at, long order, Runnable what) {}

  private record Waiter(PaceSchedule.Ticket ticket, long offeredAt, Runnable afterwards) {}

  private final PaceSchedule schedule;
  private final LongSupplier stall;
  private final LongSupplier way;
  private final List<Leave> leaves = new ArrayList<>();
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private int limit;
  private long stillEvery = 1;
  private long stillFor;
  private long order;
  private long now;

  Traffic(int limit, LongSupplier stall) {
    this(limit, stall, () -> 0);
  }

  /** Each call takes that long from being let go to having been sent. */
  Traffic(int limit, LongSupplier stall, LongSupplier way) {
    this.limit = limit;
    this.stall = stall;
    this.way = way;
    this.schedule = new PaceSchedule(limit, Duration.ofMillis(40));
  }

  /** A call comes at that time. */
  void call(Lane lane, long at) {
    at(at, () -> offer(lane, () -> {}));
  }

  /** From the beginning, so many calls wait at any time. */
  void backlog(Lane lane, int waiting) {
    for (int i = 0; i < waiting; i++) {
      at(0, () -> refill(lane));
    }
  }

  private void refill(Lane lane) {
    offer(lane, () -> refill(lane));
  }

  /** The limit changes at that time, and whoever waits looks again, as the front makes them. */
  void limitTo(int changed, long at) {
    at(
        at,
        () -> {
          limit = changed;
          schedule.limitTo(changed, 1, now);
          waiters.forEach(this::wakeSoon);
        });
  }

  /** Every so often the whole process stands still for that long, as for a collection. */
  void standStill(long every, long length) {
    stillEvery = every;
    stillFor = length;
  }

  private long awake(long at) {
    long into = at % stillEvery;
    return into < stillFor ? at - into + stillFor : at;
  }

  /** What has gone out by then, in order. */
  List<Leave> run(long until) {
    while (!events.isEmpty() && events.peek().at <= until) {
      Event next = events.poll();
      now = Math.max(now, next.at);
      next.what.run();
    }
    return List.copyOf(leaves);
  }

  private void offer(Lane lane, Runnable afterwards) {
    Waiter waiter = new Waiter(schedule.offer(lane, now), now, afterwards);
    waiters.add(waiter);
    look(waiter);
  }

  private void look(Waiter waiter) {
    if (!waiters.contains(waiter)) {
      return;
    }
    if (schedule.take(waiter.ticket, now)) {
      waiters.remove(waiter);
      int under = limit;
      long takes = way.getAsLong();
      if (takes == 0) {
        send(waiter, under);
      } else {
        at(awake(now + takes), () -> send(waiter, under));
      }
      waiter.afterwards.run();
    } else {
      at(awake(schedule.dueAt(waiter.ticket, now) + stall.getAsLong()), () -> look(waiter));
    }
  }

  private void send(Waiter waiter, int under) {
    leaves.add(new Leave(waiter.ticket.lane(), waiter.offeredAt, now, under));
    schedule.sent(waiter.ticket, now);
  }

  private void wakeSoon(Waiter waiter) {
    at(now + stall.getAsLong(), () -> look(waiter));
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }
}
