package dev.twofold.sync.pacing;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds each call to one account until it may leave, and counts it from when it has been sent. Safe
 * for threads, meant for virtual ones.
 *
 * <p>The limit can be changed, shared with other processes and lowered after a provider's refusal
 * at any time; whatever changes counts for the next call. A call is refused, at once where that can
 * be foreseen, when it would have to wait too long or too many wait already: it is then to be
 * delivered again, and has not left.
 */
public final class Pacer {

  private static final Duration HELD_MAX = Duration.ofMinutes(5);

  private final PaceSettings settings;
  private final LongSupplier nanoTime;
  private final Parking parking;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final PaceSchedule schedule;
  private final Brakes brakes = new Brakes();
  private final Map<PaceSchedule.Ticket, Thread> waiters = new HashMap<>();

  /** Of those that wait, how many may not know that they can leave earlier than they thought. */
  private int unaware;

  private int accountLimit;
  private int processes = 1;
  private Share inForce;

  /** What this process may do: so many calls in so many seconds. */
  private record Share(int calls, int seconds) {

    static Share of(int limit, int processes) {
      return limit >= processes
          ? new Share(limit / processes, 1)
          : new Share(1, Math.ceilDiv(processes, limit));
    }
  }

  /**
   * A pacer nobody has used yet.
   *
   * @param nanoTime a clock that only goes forward, from any origin, such as {@code
   *     System::nanoTime}
   */
  public Pacer(PaceSettings settings, LongSupplier nanoTime, Parking parking) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.parking = parking;
    this.origin = nanoTime.getAsLong();
    this.accountLimit = settings.limit();
    this.schedule = new PaceSchedule(settings.limit(), settings.margin());
    this.inForce = new Share(settings.limit(), 1);
  }

  /**
   * Makes a call of that lane as soon as it may leave. Empty when it was refused instead, or the
   * thread was interrupted: it was not made.
   *
   * @param call makes it without delay; it is to run what it is given once the request has gone
   *     out, on any thread. Until then, at the latest until it ends, the call counts as still to
   *     come.
   */
  public <T> Optional<T> call(Lane lane, Function<Runnable, T> call) {
    PaceSchedule.Ticket ticket = await(lane);
    if (ticket == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(call.apply(() -> sent(ticket)));
    } finally {
      sent(ticket);
    }
  }

  /** Returns when a call of that lane may leave; null when it may not. */
  private PaceSchedule.@Nullable Ticket await(Lane lane) {
    PaceSchedule.Ticket ticket;
    long deadline;
    lock.lock();
    try {
      long now = now();
      followLimit(now);
      if (schedule.size() >= settings.waitersMax()) {
        return null;
      }
      deadline = now + settings.waitMax().toNanos();
      ticket = schedule.offer(lane, now);
      if (schedule.dueAt(ticket, now) > deadline) {
        schedule.withdraw(ticket);
        return null;
      }
      waiters.put(ticket, Thread.currentThread());
    } finally {
      lock.unlock();
    }
    return awaitTurn(ticket, deadline);
  }

  private PaceSchedule.@Nullable Ticket awaitTurn(PaceSchedule.Ticket ticket, long deadline) {
    while (true) {
      long until;
      long now;
      lock.lock();
      try {
        now = now();
        followLimit(now);
        if (schedule.take(ticket, now)) {
          waiters.remove(ticket);
          if (unaware > 0) {
            unaware--;
            wakeNext(now);
          }
          return ticket;
        }
        if (now >= deadline || Thread.currentThread().isInterrupted()) {
          waiters.remove(ticket);
          schedule.withdraw(ticket);
          unaware = waiters.size();
          wakeNext(now);
          return null;
        }
        until = Math.min(schedule.dueAt(ticket, now), deadline);
      } finally {
        lock.unlock();
      }
      parking.park(until - now);
    }
  }

  private void sent(PaceSchedule.Ticket ticket) {
    lock.lock();
    try {
      schedule.sent(ticket, now());
    } finally {
      lock.unlock();
    }
  }

  /** From now on the account allows that many calls in any second. */
  public void limitTo(int limit) {
    PaceSettings.refuseLimit(limit);
    change(() -> accountLimit = limit);
  }

  /** From now on that many processes, this one among them, share the account. */
  public void share(int among) {
    if (among < 1) {
      throw new IllegalArgumentException("expected 1 process or more, came " + among);
    }
    change(() -> processes = among);
  }

  /** The provider has asked for fewer calls, naming that scope of its limits. */
  public void lowered(String scope) {
    change(() -> brakes.lower(scope, accountLimit, now()));
  }

  /** It has also said how long no call may come; more than five minutes are not believed. */
  public void lowered(String scope, Duration after) {
    Duration held = after.compareTo(HELD_MAX) > 0 ? HELD_MAX : after;
    change(() -> {
      brakes.lower(scope, accountLimit, now());
      schedule.holdUntil(now() + Math.max(0, held.toNanos()));
    });
  }

  /** What the account allows at present, before it is shared: its limit, or what is left of it. */
  public int limit() {
    return read(() -> brakes.lowest(accountLimit));
  }

  /** The scopes the provider has lowered and what each leaves; empty in quiet times. */
  public Map<String, Integer> loweredScopes() {
    return read(brakes::limits);
  }

  /** How many calls of that lane wait. */
  public int waiting(Lane lane) {
    return read(() -> schedule.size(lane));
  }

  private void change(Runnable changing) {
    lock.lock();
    try {
      changing.run();
      followLimit(now());
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Supplier<T> reading) {
    lock.lock();
    try {
      followLimit(now());
      return reading.get();
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return nanoTime.getAsLong() - origin;
  }

  private void followLimit(long now) {
    brakes.recover(accountLimit, now);
    Share share = Share.of(brakes.lowest(accountLimit), processes);
    if (!share.equals(inForce)) {
      inForce = share;
      schedule.limitTo(share.calls, share.seconds, now);
      wakeAll();
    }
  }

  /**
   * After a withdrawal the next one looks again, and each that leaves wakes the one after it: where
   * hundreds give up together, waking all of them each time would be all that the processors do.
   */
  private void wakeNext(long now) {
    PaceSchedule.Ticket next = schedule.next(now).orElse(null);
    Thread thread = next == null ? null : waiters.get(next);
    if (thread != null) {
      parking.wake(thread);
    }
  }

  /** A call that may now leave earlier than it thought has to look again. */
  private void wakeAll() {
    waiters.values().forEach(parking::wake);
  }
}
