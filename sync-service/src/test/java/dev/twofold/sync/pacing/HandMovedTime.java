package dev.twofold.sync.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A clock that goes forward only when told to, or when the thread under test parks. */
final class HandMovedTime implements LongSupplier, Parking {

  private static final long ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

  final List<Thread> woken = new ArrayList<>();
  private long moved;
  private @Nullable Runnable whileParked;

  /** The next park runs that and returns early, as a woken thread does. */
  void whileParked(Runnable what) {
    whileParked = what;
  }

  void move(Duration by) {
    moved += by.toNanos();
  }

  Duration elapsed() {
    return Duration.ofNanos(moved);
  }

  /** Begins shortly before the overflow, as {@code System.nanoTime} may. */
  @Override
  public long getAsLong() {
    return ORIGIN + moved;
  }

  @Override
  public void park(long nanos) {
    Runnable what = whileParked;
    whileParked = null;
    if (what == null) {
      moved += nanos;
    } else {
      what.run();
    }
  }

  @Override
  public void wake(Thread thread) {
    woken.add(thread);
  }
}
