package dev.twofold.sync.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when nothing can go on, and the threads that live by it. They are virtual
 * threads carried by the one thread that calls {@link #step}; which of those that can go on goes
 * first is decided by the given generator, or by age where there is none.
 */
final class VirtualTime implements InstantSource {

  private record Event(Instant at, long order, Runnable action) {}

  private static final Method MAKE_THREAD = makeThread();

  private final @Nullable RandomGenerator choice;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private final List<Runnable> ready = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final long carrier = Thread.currentThread().threadId();
  private Instant now;
  private long order;

  VirtualTime(Instant start, @Nullable RandomGenerator choice) {
    this.now = start;
    this.choice = choice;
  }

  private static Method makeThread() {
    try {
      Class<?> builders = Class.forName("java.lang.ThreadBuilders");
      Method method =
          builders.getDeclaredMethod(
              "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(
          "expected this JDK to make virtual threads on a given scheduler", changed);
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  /** Does something at that time, on the carrying thread; it must not wait. */
  void at(Instant time, Runnable action) {
    events.add(new Event(time.isBefore(now) ? now : time, order++, action));
  }

  /** Starts a thread that may wait. */
  void start(String name, Runnable body) {
    Runnable guarded =
        () -> {
          try {
            body.run();
          } catch (ProcessKilled killed) {
            // The process is gone, and its threads with it.
            return;
          } catch (RuntimeException | Error failure) {
            failures.add(failure);
          }
        };
    thread(name, guarded).start();
  }

  private Thread thread(String name, Runnable body) {
    try {
      return (Thread) MAKE_THREAD.invoke(null, (Executor) this::makeReady, name, 0, body);
    } catch (IllegalAccessException | InvocationTargetException failure) {
      throw new IllegalStateException("expected a virtual thread", failure);
    }
  }

  private void makeReady(Runnable continuation) {
    Thread current = Thread.currentThread();
    if (!current.isVirtual() && current.threadId() != carrier) {
      throw new IllegalStateException("a thread was woken from outside: " + current);
    }
    ready.add(continuation);
  }

  /** Lets time pass for the calling thread. */
  void sleep(Duration length) {
    if (length.isZero()) {
      return;
    }
    Instant until = now.plus(length);
    Thread sleeper = Thread.currentThread();
    at(until, () -> LockSupport.unpark(sleeper));
    while (now.isBefore(until)) {
      LockSupport.park(this);
    }
  }

  /** Parks the calling thread until it is woken, at that time at the latest. */
  void park(Duration atMost) {
    Thread sleeper = Thread.currentThread();
    at(now.plus(atMost), () -> LockSupport.unpark(sleeper));
    LockSupport.park(this);
  }

  /** When something happens next; null while nothing is planned. */
  @Nullable Instant next() {
    if (!ready.isEmpty()) {
      return now;
    }
    Event event = events.peek();
    return event == null ? null : event.at();
  }

  /** Lets one thread go on, or where none can, moves to the next event and does it. */
  void step() {
    if (!ready.isEmpty()) {
      int which = choice == null ? 0 : choice.nextInt(ready.size());
      ready.remove(which).run();
    } else {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a thread of the world failed at " + now, failures.getFirst());
    }
  }

  /** Moves on to that time, which must not lie beyond the next event. */
  void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }
}
