package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Dispatch;
import dev.twofold.cloudtasks.engine.TaskEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shares one engine between threads and makes its calls leave in time. With a real clock a thread
 * sleeps until the engine's next event, and for good while nothing waits; with a virtual clock
 * calls leave only when something is requested after the clock was moved.
 */
public final class EngineHost implements AutoCloseable {

  // The timer's clock stops while a laptop sleeps, the tasks' clock does not.
  private static final Duration SLEEP_MAX = Duration.ofSeconds(60);

  private final TaskEngine engine;
  private final InstantSource clock;
  private final Target target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sooner = lock.newCondition();
  private final Condition quiet = lock.newCondition();
  private final @Nullable Thread timer;
  private Instant timerWakesAt = Instant.MAX;
  private boolean closed;

  public EngineHost(TaskEngine engine, InstantSource clock, Target target, boolean timed) {
    this.engine = engine;
    this.clock = clock;
    this.target = target;
    this.timer =
        timed
            ? Thread.ofPlatform().name("cloud-tasks-timer").daemon().unstarted(this::keepTime)
            : null;
  }

  public void start() {
    if (timer != null) {
      timer.start();
    }
  }

  /** Runs one request against the engine, then lets everything leave that may. */
  public <T> T request(BiFunction<TaskEngine, Instant, T> request) {
    List<Dispatch> due;
    T result;
    lock.lock();
    try {
      result = request.apply(engine, clock.instant());
      due = dueNow();
      if (nextEventAt().isBefore(timerWakesAt)) {
        sooner.signal();
      }
    } finally {
      lock.unlock();
    }
    due.forEach(this::launch);
    return result;
  }

  /** Starts a call that the engine handed out. */
  public void launch(Dispatch dispatch) {
    Thread.ofVirtual().name("dispatch-" + dispatch.number()).start(() -> run(dispatch));
  }

  /** Waits until no call is under way; false when that takes longer than the time given. */
  public boolean awaitQuiet(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (engine.callsUnderWay() > 0 && !closed) {
        if (left <= 0) {
          return false;
        }
        left = quiet.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      sooner.signalAll();
      quiet.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run(Dispatch dispatch) {
    Answer answer;
    try {
      answer = target.call(dispatch);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    request((tasks, now) -> {
      tasks.answered(dispatch, answer, now);
      if (tasks.callsUnderWay() == 0) {
        quiet.signalAll();
      }
      return now;
    });
  }

  private void keepTime() {
    try {
      while (true) {
        List<Dispatch> due = awaitDue();
        if (due.isEmpty()) {
          return;
        }
        due.forEach(this::launch);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sleeps until something may leave; gives nothing only when the host was closed. */
  private List<Dispatch> awaitDue() throws InterruptedException {
    lock.lock();
    try {
      List<Dispatch> due = dueNow();
      while (due.isEmpty() && !closed) {
        timerWakesAt = nextEventAt();
        Instant latest = clock.instant().plus(SLEEP_MAX);
        if (timerWakesAt.equals(Instant.MAX)) {
          sooner.await();
        } else {
          Instant until = timerWakesAt.isBefore(latest) ? timerWakesAt : latest;
          long nanos = Duration.between(clock.instant(), until).toNanos();
          sooner.await(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        }
        due = dueNow();
      }
      timerWakesAt = Instant.MIN;
      return due;
    } finally {
      lock.unlock();
    }
  }

  private List<Dispatch> dueNow() {
    return closed ? List.of() : engine.dueDispatches(clock.instant());
  }

  private Instant nextEventAt() {
    return engine.nextEventAt(clock.instant()).orElse(Instant.MAX);
  }
}
