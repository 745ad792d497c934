package dev.twofold.cloudtasks.benchmark;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** When calls left or came in, up to a fixed number of them. */
final class Arrivals {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // The API shows times in whole microseconds.
  private static final long SHOWN_TO = TimeUnit.MICROSECONDS.toNanos(1);

  private final long[] times;
  private final AtomicInteger count = new AtomicInteger();

  Arrivals(int most) {
    times = new long[most];
  }

  void add(long nanoTime) {
    int index = count.getAndIncrement();
    if (index < times.length) {
      times[index] = nanoTime;
    }
  }

  /** How many came within {@code seconds}, beginning {@code skipped} seconds after the first. */
  int after(int skipped, int seconds) {
    long[] sorted = sorted();
    if (sorted.length == 0) {
      return 0;
    }
    long from = sorted[0] + skipped * SECOND;
    return (int)
        Arrays.stream(sorted).filter(at -> at >= from && at < from + seconds * SECOND).count();
  }

  int worstSlidingSecond() {
    long[] sorted = sorted();
    int worst = 0;
    int from = 0;
    for (int to = 0; to < sorted.length; to++) {
      while (sorted[to] - sorted[from] >= SECOND - SHOWN_TO) {
        from++;
      }
      worst = Math.max(worst, to - from + 1);
    }
    return worst;
  }

  private long[] sorted() {
    long[] copy = Arrays.copyOf(times, Math.min(count.get(), times.length));
    Arrays.sort(copy);
    return copy;
  }
}
