package dev.twofold.sync.world;

import dev.twofold.sync.dispatch.Queue;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Tasks: named tasks that leave a tombstone, schedule times, a rate with a small burst, a
 * bound on what runs at a time, and retries with a growing pause until a task is answered with
 * success. A task that gets no answer is tried again like one that failed.
 */
final class TaskQueues {

  private static final Duration TOMBSTONE = Duration.ofHours(1);
  private static final int DOUBLINGS = 7;

  private record Key(Queue queue, String name) {}

  /** A queue's figures, as the topology has them. */
  private record Figures(int perSecond, int concurrent, Duration backoffMin, Duration backoffMax) {}

  private static final Map<Queue, Figures> FIGURES =
      Map.of(
          Queue.HUBSPOT,
          new Figures(15, 32, Duration.ofMillis(500), Duration.ofSeconds(60)),
          Queue.STRIPE_BULK,
          new Figures(100, 200, Duration.ofMillis(500), Duration.ofSeconds(60)),
          Queue.STRIPE_EXPRESS,
          new Figures(100, 100, Duration.ofMillis(200), Duration.ofSeconds(30)));

  private static final class Entry {
    private final WriteTask task;
    private int attempts;

    private Entry(WriteTask task) {
      this.task = task;
    }
  }

  private final World world;
  private final Map<Key, Entry> tasks = new LinkedHashMap<>();
  private final Map<Key, Instant> tombstones = new HashMap<>();
  private final Map<Queue, ArrayDeque<Entry>> held = new EnumMap<>(Queue.class);
  private final Map<Queue, Integer> running = new EnumMap<>(Queue.class);
  private final Map<Queue, Instant> slots = new EnumMap<>(Queue.class);
  private boolean paused;
  private long dispatched;

  TaskQueues(World world) {
    this.world = world;
    for (Queue queue : Queue.values()) {
      held.put(queue, new ArrayDeque<>());
      running.put(queue, 0);
      slots.put(queue, Instant.EPOCH);
    }
  }

  /** How many dispatches there were. */
  long dispatched() {
    return dispatched;
  }

  /** Tasks that wait or run. */
  List<WriteTask> tasks() {
    return tasks.values().stream().map(entry -> entry.task).toList();
  }

  boolean isPaused() {
    return paused;
  }

  /** Loses a task, as a purge would. */
  void lose(WriteTask task) {
    tasks.remove(key(task));
  }

  /** Dispatches a task once more, whatever has become of it: at least once is what is promised. */
  void repeat(WriteTask task) {
    world.processes().any().ifPresent(program -> program.carryOut(task, result -> {}));
  }

  private static Key key(WriteTask task) {
    return new Key(task.queue(), task.name());
  }

  private void create(WriteTask task) {
    Key key = key(task);
    Instant grave = tombstones.get(key);
    boolean used = grave != null && world.time().instant().isBefore(grave);
    if (used || tasks.containsKey(key)) {
      if (used) {
        world.struck("used task name refused");
      }
      return;
    }
    Entry entry = new Entry(task);
    tasks.put(key, entry);
    world.time().at(task.dueAt(), () -> due(entry));
  }

  private void due(Entry entry) {
    Queue queue = entry.task.queue();
    if (!tasks.containsKey(key(entry.task))) {
      return;
    }
    Figures figures = figures(queue);
    if (paused || count(queue) >= figures.concurrent) {
      heldBack(queue).add(entry);
      return;
    }
    Instant now = world.time().instant();
    Duration spacing = Duration.ofSeconds(1).dividedBy(figures.perSecond);
    Instant burst = now.minus(spacing.multipliedBy(Math.max(5, figures.perSecond / 5)));
    Instant last = slots.getOrDefault(queue, Instant.EPOCH);
    Instant slot = (last.isBefore(burst) ? burst : last).plus(spacing);
    slots.put(queue, slot);
    running.put(queue, count(queue) + 1);
    if (slot.isAfter(now)) {
      world.time().at(slot, () -> dispatch(entry));
    } else {
      dispatch(entry);
    }
  }

  private void dispatch(Entry entry) {
    dispatched++;
    world.tally().count("tasks dispatched");
    entry.attempts++;
    world.active();
    var program = world.processes().any();
    if (program.isEmpty()) {
      finished(entry, null);
      return;
    }
    program.get().carryOut(entry.task, result -> answered(program.get(), entry, result));
    if (world.runsTwice()) {
      world.time().at(world.time().instant().plus(world.latency()), () -> repeat(entry.task));
    }
  }

  private void answered(Program program, Entry entry, @Nullable Redelivery result) {
    finished(entry, world.losesAnswer(program, entry.task) ? null : result);
  }

  private void finished(Entry entry, @Nullable Redelivery result) {
    Queue queue = entry.task.queue();
    running.put(queue, count(queue) - 1);
    Instant now = world.time().instant();
    if (result == Redelivery.DONE) {
      tasks.remove(key(entry.task));
      tombstones.put(key(entry.task), now.plus(TOMBSTONE));
    } else {
      Figures figures = figures(queue);
      Duration pause =
          figures.backoffMin.multipliedBy(1L << Math.min(entry.attempts - 1, DOUBLINGS));
      Duration bounded = pause.compareTo(figures.backoffMax) > 0 ? figures.backoffMax : pause;
      world.time().at(now.plus(bounded), () -> due(entry));
    }
    release(queue);
  }

  private void release(Queue queue) {
    ArrayDeque<Entry> waiting = heldBack(queue);
    if (!paused && !waiting.isEmpty() && count(queue) < figures(queue).concurrent) {
      due(waiting.remove());
    }
  }

  private void resume() {
    paused = false;
    for (Queue queue : Queue.values()) {
      List<Entry> waiting = List.copyOf(heldBack(queue));
      heldBack(queue).clear();
      waiting.forEach(this::due);
    }
  }

  private ArrayDeque<Entry> heldBack(Queue queue) {
    return held.computeIfAbsent(queue, any -> new ArrayDeque<>());
  }

  private int count(Queue queue) {
    return running.getOrDefault(queue, 0);
  }

  private static Figures figures(Queue queue) {
    Figures figures = FIGURES.get(queue);
    if (figures == null) {
      throw new IllegalStateException("each queue has its figures");
    }
    return figures;
  }

  Port port(Gate gate) {
    return new Port(this, gate);
  }

  /** The queues as one program reaches them. */
  record Port(TaskQueues queues, Gate gate) implements TaskDispatcher {

    @Override
    public void create(WriteTask task) {
      gate.call(
          "tasks.create",
          () -> {
            queues.create(task);
            return true;
          });
    }

    @Override
    public boolean exists(WriteTask task) {
      return gate.call("tasks.exists", () -> queues.tasks.containsKey(key(task)));
    }

    @Override
    public void pause(TenantId tenant) {
      gate.call("tasks.pause", () -> queues.paused = true);
    }

    @Override
    public void resume(TenantId tenant) {
      gate.call(
          "tasks.resume",
          () -> {
            queues.resume();
            return true;
          });
    }
  }
}
