package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One queue: its tasks, its limits, and which task may leave when. */
final class TaskQueue {

  // How far a reordered task may be overtaken: picking at random among all would cost a walk.
  private static final int OVERTAKEN_MAX = 64;
  private static final Duration SLOW_LOOK = Duration.ofMillis(250);

  final QueueName name;
  RunState state = RunState.RUNNING;
  @Nullable Instant purgedAt;
  final QueueMeter meter = new QueueMeter();
  final Slowdown slowdown;
  final Tombstones tombstones;

  private final EngineSettings engineSettings;
  private final RandomGenerator random;
  private final TokenBucket bucket;
  private final Map<String, StoredTask> byId = new HashMap<>();
  private final NavigableMap<Long, StoredTask> byAge = new TreeMap<>();
  private final NavigableSet<StoredTask> due = new TreeSet<>(StoredTask.BY_DUE_TIME);
  private QueueSettings settings;
  private int running;
  private long sequence;

  TaskQueue(
      QueueName name,
      QueueSettings settings,
      EngineSettings engineSettings,
      RandomGenerator random,
      Instant now) {
    this.name = name;
    this.settings = settings;
    this.engineSettings = engineSettings;
    this.random = random;
    this.slowdown = new Slowdown(engineSettings, now);
    this.tombstones = new Tombstones(engineSettings.tombstonesMax());
    this.bucket = new TokenBucket(rate(now), burst(now), now);
  }

  QueueSettings settings() {
    return settings;
  }

  void change(QueueSettings newSettings, Instant now) {
    settings = newSettings;
    bucket.limit(rate(now), burst(now), now);
  }

  QueueSnapshot snapshot() {
    int burst = settings.rateLimits().burst(engineSettings.burst());
    return new QueueSnapshot(name, settings, burst, tombstoneWindow(), state, purgedAt);
  }

  @Nullable StoredTask find(String id) {
    return byId.get(id);
  }

  boolean holds(StoredTask task) {
    return byId.get(task.name.id()) == task;
  }

  void add(TaskSnapshot snapshot) {
    StoredTask task =
        new StoredTask(snapshot, delayed(snapshot.progress().scheduleTime()), ++sequence, false);
    byId.put(task.name.id(), task);
    byAge.put(task.sequence, task);
    due.add(task);
    meter.created();
  }

  /** Takes the task out for good and refuses its name for a while; returns until when. */
  Instant remove(StoredTask task, Instant now) {
    byId.remove(task.name.id());
    byAge.remove(task.sequence);
    due.remove(task);
    Instant until = now.plus(tombstoneWindow());
    tombstones.add(task.name.id(), until, now);
    return until;
  }

  List<StoredTask> tasks() {
    return new ArrayList<>(byAge.values());
  }

  List<StoredTask> tasksAfter(long afterSequence, int most) {
    return byAge.tailMap(afterSequence, false).values().stream().limit(most).toList();
  }

  Optional<StoredTask> oldest() {
    return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.firstEntry().getValue());
  }

  /** The next task that may leave now, taken out of the waiting ones together with a token. */
  @Nullable StoredTask takeDue(Instant now) {
    if (state != RunState.RUNNING || due.isEmpty() || due.first().dueAt.isAfter(now)) {
      return null;
    }
    if (running >= settings.rateLimits().maxConcurrentDispatches()
        || now.isBefore(slowdown.heldUntil())) {
      return null;
    }
    bucket.limit(rate(now), burst(now), now);
    if (!bucket.tryTake(now)) {
      return null;
    }
    StoredTask task = pick(now);
    due.remove(task);
    maybeRepeat(task, now);
    running++;
    return task;
  }

  /** Takes one task out of turn, as RunTask does: no token, no slot. */
  void takeForced(StoredTask task) {
    due.remove(task);
  }

  void requeue(StoredTask task) {
    task.dueAt = delayed(task.progress.scheduleTime());
    due.add(task);
  }

  void slotFreed() {
    running--;
  }

  /** When {@link #takeDue} should be asked again; null when only a call from outside can help. */
  @Nullable Instant nextDueAt(Instant now) {
    boolean full = running >= settings.rateLimits().maxConcurrentDispatches();
    if (state != RunState.RUNNING || due.isEmpty() || full) {
      return null;
    }
    bucket.limit(rate(now), burst(now), now);
    Instant next = latest(due.first().dueAt, latest(bucket.nextTokenAt(now), now));
    next = latest(next, slowdown.heldUntil());
    // While the rate recovers the next token may come sooner than the bucket can know.
    boolean recovering = slowdown.factor(now) < 1;
    Instant look = now.plus(SLOW_LOOK);
    return recovering && next.isAfter(look) && !due.first().dueAt.isAfter(look) ? look : next;
  }

  QueueStats stats(Instant now) {
    Instant oldest = due.isEmpty() ? null : due.first().progress.scheduleTime();
    return new QueueStats(
        byId.size(),
        oldest,
        meter.executedLastMinute(now),
        meter.dispatchedLastSecond(now),
        running,
        rate(now),
        tombstones.size(now),
        meter.totals());
  }

  private StoredTask pick(Instant now) {
    if (engineSettings.faults().reordered() == 0
        || random.nextDouble() >= engineSettings.faults().reordered()) {
      return due.first();
    }
    List<StoredTask> ready =
        due.stream().takeWhile(task -> !task.dueAt.isAfter(now)).limit(OVERTAKEN_MAX).toList();
    return ready.get(random.nextInt(ready.size()));
  }

  private void maybeRepeat(StoredTask task, Instant now) {
    DeliveryFaults faults = engineSettings.faults();
    if (task.repeat || faults.repeated() == 0 || random.nextDouble() >= faults.repeated()) {
      return;
    }
    Instant again = now.plus(upTo(faults.repeatWithin()));
    due.add(new StoredTask(task.snapshot(), again, ++sequence, true));
  }

  private Instant delayed(Instant time) {
    DeliveryFaults faults = engineSettings.faults();
    boolean late = faults.late() > 0 && random.nextDouble() < faults.late();
    return late ? time.plus(upTo(faults.lateBy())) : time;
  }

  private Duration upTo(Duration most) {
    return most.isZero() ? most : Duration.ofNanos(random.nextLong(most.toNanos() + 1));
  }

  private Duration tombstoneWindow() {
    Duration own = settings.tombstoneTtl();
    return own.isZero() ? engineSettings.tombstone() : own;
  }

  private double rate(Instant now) {
    return settings.rateLimits().maxDispatchesPerSecond() * slowdown.factor(now);
  }

  private double burst(Instant now) {
    int full = settings.rateLimits().burst(engineSettings.burst());
    return Math.max(1, full * slowdown.factor(now));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
