package dev.twofold.simulators.transport;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One thread at a time inside an engine; whoever leaves wakes the sender of webhooks. */
final class EngineLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  <T> T in(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  void run(Runnable work) {
    in(() -> {
      work.run();
      return true;
    });
  }

  /** Waits, inside the lock, until something changes or so many nanoseconds have passed. */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again whatever woke it.
  void awaitChange(long nanos) throws InterruptedException {
    changed.awaitNanos(nanos);
  }

  void hold() {
    lock.lock();
  }

  void release() {
    lock.unlock();
  }
}
