package dev.twofold.localstack.burst;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams of deeds, each at its own even pace, side by side. A deed that takes long makes the next
 * of its stream late, not fewer.
 */
final class Traffic implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> streams = new ArrayList<>();
  private final AtomicLong done = new AtomicLong();
  private long planned;

  /** One deed, by its number in its stream, from zero. */
  interface Deed {
    void run(int number) throws InterruptedException;
  }

  /** Begins a stream of so many deeds spread evenly over that time. */
  void stream(int count, Duration over, Deed deed) {
    planned += count;
    long begin = System.nanoTime();
    streams.add(
        threads.submit(() -> {
          for (int number = 0; number < count; number++) {
            long due = begin + over.toNanos() / count * number;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            deed.run(number);
            done.incrementAndGet();
          }
          return null;
        }));
  }

  long planned() {
    return planned;
  }

  long done() {
    return done.get();
  }

  boolean isOver() {
    return streams.stream().allMatch(Future::isDone);
  }

  /** Ends when every stream has; fails with what made one fail. */
  void await() throws InterruptedException {
    for (Future<?> stream : streams) {
      try {
        stream.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The traffic broke off: " + e.getCause(), e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
