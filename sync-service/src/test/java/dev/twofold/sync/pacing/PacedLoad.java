package dev.twofold.sync.pacing;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * One account with more bulk calls waiting than it may make, and people's calls coming at any
 * moment, under one limit after another.
 */
final class PacedLoad implements Callable<PacedLoad> {

  private static final long SECOND = Traffic.SECOND;
  private static final long MILLISECOND = Traffic.MILLISECOND;
  private static final int BACKLOG = 200;

  /** A call, when it began to wait and when it went to the socket, after the beginning. */
  private record Gone(Lane lane, long asked, long at) {}

  /** A limit, from when to when. */
  private record Phase(int limit, long from, long to) {}

  /** What was seen. */
  record Result(String text, boolean isWithinLimit) {}

  private final String name;
  private final List<Integer> limits;
  private final int expressPerSecond;
  private final Duration each;
  private final Stalls stalls;
  private final Pacer pacer;
  private final List<Gone> gone = Collections.synchronizedList(new ArrayList<>());
  private final long origin = System.nanoTime();
  private final List<Phase> phases = new ArrayList<>();
  private volatile boolean over;

  PacedLoad(String name, List<Integer> limits, int expressPerSecond, Duration each, Stalls stalls) {
    this.name = name;
    this.limits = limits;
    this.expressPerSecond = expressPerSecond;
    this.each = each;
    this.stalls = stalls;
    this.pacer =
        new Pacer(
            new PaceSettings(
                limits.getFirst(), Duration.ofMillis(40), Duration.ofMinutes(1), 2 * BACKLOG),
            System::nanoTime,
            stalls);
  }

  /** Runs; {@link #result} is for afterwards, so that judging one does not hold up another. */
  @Override
  public PacedLoad call() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < BACKLOG; i++) {
        threads.execute(() -> {
          while (!over) {
            make(Lane.BULK);
          }
        });
      }
      threads.execute(() -> people(threads));
      for (int limit : limits) {
        pacer.limitTo(limit);
        long from = now();
        sleepUntil(from + each.toNanos());
        phases.add(new Phase(limit, from, from + each.toNanos()));
      }
      over = true;
      threads.shutdownNow();
    }
    return this;
  }

  private void people(ExecutorService threads) {
    Random random = new Random(limits.getFirst());
    while (!over) {
      sleepUntil(now() + random.nextLong(2 * SECOND / expressPerSecond));
      if (!over) {
        threads.execute(() -> make(Lane.EXPRESS));
      }
    }
  }

  private void make(Lane lane) {
    long asked = now();
    pacer.call(
        lane,
        sent -> {
          stalls.stall();
          boolean noted = over || gone.add(new Gone(lane, asked, now()));
          sent.run();
          return noted;
        });
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  private void sleepUntil(long at) {
    for (long left = at - now(); left > 0 && !over; left = at - now()) {
      LockSupport.parkNanos(left);
    }
  }

  Result result() {
    List<Gone> ordered;
    synchronized (gone) {
      ordered = gone.stream().sorted((a, b) -> Long.compare(a.at, b.at)).toList();
    }
    StringBuilder text = new StringBuilder();
    boolean within = true;
    Phase before = null;
    for (Phase phase : phases) {
      List<Gone> calls =
          ordered.stream().filter(each -> each.at >= phase.from && each.at < phase.to).toList();
      // What went out in the second before a lower limit cannot be taken back.
      int most = mostInASecond(calls);
      within &= most <= phase.limit;
      text.append(line(phase, calls, most));
      if (before != null) {
        text.append(changed(before, phase, ordered));
      }
      before = phase;
    }
    return new Result(text.toString().stripTrailing(), within);
  }

  private String line(Phase phase, List<Gone> calls, int most) {
    double seconds = (double) (phase.to - phase.from) / SECOND;
    List<Long> waits =
        calls.stream()
            .filter(call -> call.lane == Lane.EXPRESS)
            .map(call -> call.at - call.asked)
            .sorted()
            .toList();
    int bulk = calls.size() - waits.size();
    return String.format(
        Locale.ROOT,
        "%s, limit %d: %.1f %% used, most in a sliding second %d, %d express p50 %d ms p99 %d ms"
            + " max %d ms, bulk %.1f/s, longest without bulk %s%n",
        name,
        phase.limit,
        100 * calls.size() / seconds / phase.limit,
        most,
        waits.size(),
        percentile(waits, 50),
        percentile(waits, 99),
        percentile(waits, 100),
        bulk / seconds,
        longestWithoutBulk(calls));
  }

  private static long percentile(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int at = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
    return sorted.get(at) / MILLISECOND;
  }

  private static String longestWithoutBulk(List<Gone> calls) {
    List<Long> bulk =
        calls.stream().filter(call -> call.lane == Lane.BULK).map(call -> call.at).toList();
    int longest = 0;
    for (int i = 1; i < bulk.size(); i++) {
      boolean longer =
          bulk.get(i) - bulk.get(i - 1) > bulk.get(longest) - bulk.get(Math.max(0, longest - 1));
      longest = longer ? i : longest;
    }
    return longest == 0
        ? "unknown"
        : String.format(
            Locale.ROOT,
            "%d ms at %.1f s",
            (bulk.get(longest) - bulk.get(longest - 1)) / MILLISECOND,
            (double) bulk.get(longest - 1) / SECOND);
  }

  private static int mostInASecond(List<Gone> calls) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < calls.size(); last++) {
      while (calls.get(first).at <= calls.get(last).at - SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** How long the change took to show: until the second just past held what it should. */
  private static String changed(Phase before, Phase after, List<Gone> ordered) {
    boolean lowered = after.limit < before.limit;
    long followed = -1;
    for (long at = after.from; at < after.to && followed < 0; at += MILLISECOND) {
      long end = at;
      long held = ordered.stream().filter(call -> call.at > end - SECOND && call.at <= end).count();
      if (lowered ? held <= after.limit : held >= 0.95 * after.limit) {
        followed = at - after.from;
      }
    }
    return String.format(
        Locale.ROOT,
        "  changed from %d to %d: the second past %s %d calls %s%n",
        before.limit,
        after.limit,
        lowered ? "held no more than" : "held 95 % of",
        after.limit,
        followed < 0 ? "NEVER" : "after %d ms".formatted(followed / MILLISECOND));
  }
}
