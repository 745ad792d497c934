package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Tasks without clock, threads or network. It refuses with {@link RequestRefused} exactly
 * what the real service refuses. Drive it like this: after each call, and whenever {@link
 * #nextEventAt} has come, make the calls that {@link #dueDispatches} hands out and report each
 * outcome to {@link #answered}. Not thread-safe.
 */
public final class TaskEngine {

  private static final Duration AHEAD_MAX = Duration.ofDays(30);

  /** The outcome of forcing a task: how it stands now, and the call to make at once. */
  public record ForcedRun(TaskSnapshot task, Dispatch dispatch) {}

  /** How much a page of tasks may hold. */
  public record PageLimit(int tasks, int bodyBytes) {}

  private record UnderWay(
      TaskQueue queue, StoredTask task, Instant scheduleTime, Instant sentAt, boolean forced) {}

  private final EngineSettings settings;
  private final RandomGenerator random;
  private final StateListener listener;
  private final NavigableMap<QueueName, TaskQueue> queues = new TreeMap<>();
  private final Map<QueueName, Instant> deletedQueues = new HashMap<>();
  private final Map<Long, UnderWay> underWay = new HashMap<>();
  private long dispatchNumber;

  public TaskEngine(EngineSettings settings, RandomGenerator random) {
    this(settings, random, StateListener.NONE);
  }

  public TaskEngine(EngineSettings settings, RandomGenerator random, StateListener listener) {
    this.settings = settings;
    this.random = random;
    this.listener = listener;
  }

  public QueueSnapshot createQueue(QueueName name, QueueSettings queueSettings, Instant now) {
    if (queues.containsKey(name)) {
      throw Refusals.queueExists();
    }
    Instant refusedUntil = deletedQueues.get(name);
    if (refusedUntil != null && now.isBefore(refusedUntil)) {
      throw Refusals.queueExistedTooRecently();
    }
    deletedQueues.remove(name);
    TaskQueue queue = new TaskQueue(name, queueSettings, settings, random, now);
    queues.put(name, queue);
    return stored(queue);
  }

  /** Changes a queue; one that is missing is created, as the real service does. */
  public QueueSnapshot updateQueue(QueueName name, QueueSettings queueSettings, Instant now) {
    TaskQueue queue = queues.get(name);
    if (queue == null) {
      return createQueue(name, queueSettings, now);
    }
    queue.change(queueSettings, now);
    return stored(queue);
  }

  public Optional<QueueSnapshot> findQueue(QueueName name) {
    return Optional.ofNullable(queues.get(name)).map(TaskQueue::snapshot);
  }

  public QueueSnapshot getQueue(QueueName name) {
    return queue(name).snapshot();
  }

  /** All queues of a location, in the order of their names. */
  public List<QueueSnapshot> queuesIn(LocationName location) {
    return queues.values().stream()
        .filter(queue -> queue.name.location().equals(location))
        .map(TaskQueue::snapshot)
        .toList();
  }

  public List<QueueSnapshot> queues() {
    return queues.values().stream().map(TaskQueue::snapshot).toList();
  }

  public void deleteQueue(QueueName name, Instant now) {
    if (queues.remove(name) == null) {
      throw Refusals.notFound();
    }
    if (settings.queueTombstone().isPositive()) {
      deletedQueues.values().removeIf(until -> !until.isAfter(now));
      deletedQueues.put(name, now.plus(settings.queueTombstone()));
    }
    listener.queueDeleted(name);
  }

  public QueueSnapshot pauseQueue(QueueName name) {
    TaskQueue queue = queue(name);
    queue.state = RunState.PAUSED;
    return stored(queue);
  }

  public QueueSnapshot resumeQueue(QueueName name, Instant now) {
    TaskQueue queue = queue(name);
    if (queue.state != RunState.RUNNING) {
      queue.slowdown.rampUp(now);
    }
    queue.state = RunState.RUNNING;
    return stored(queue);
  }

  /** Drops every task; calls under way are not cut short, and their answers change nothing. */
  public QueueSnapshot purgeQueue(QueueName name, Instant now) {
    TaskQueue queue = queue(name);
    queue.tasks().forEach(task -> remove(queue, task, now));
    queue.purgedAt = now.truncatedTo(ChronoUnit.MICROS);
    return stored(queue);
  }

  public QueueStats stats(QueueName name, Instant now) {
    return queue(name).stats(now);
  }

  public TaskSnapshot createTask(QueueName name, NewTask task, Instant now) {
    TaskQueue queue = queue(name);
    String id = task.id() == null ? freshId(queue, now) : task.id();
    if (queue.find(id) != null || queue.tombstones.refuses(id, now)) {
      throw Refusals.taskExists();
    }
    Instant asked = task.scheduleTime();
    if (asked != null && asked.isAfter(now.plus(AHEAD_MAX))) {
      throw Refusals.tooFarAhead(asked);
    }
    Instant scheduleTime = asked == null || asked.isBefore(now) ? now : asked;
    TaskSnapshot snapshot =
        new TaskSnapshot(
            new TaskName(name, id),
            task.call(),
            now.truncatedTo(ChronoUnit.SECONDS),
            task.dispatchDeadline(),
            new TaskProgress(scheduleTime.truncatedTo(ChronoUnit.MICROS), 0, 0, 0, null, null));
    if (TaskSize.of(snapshot) > TaskSize.MOST) {
      throw Refusals.tooLarge();
    }
    listener.taskCreated(snapshot);
    queue.add(snapshot);
    return snapshot;
  }

  public TaskSnapshot getTask(TaskName name, Instant now) {
    TaskQueue queue = queue(name.queue());
    StoredTask task = queue.find(name.id());
    if (task == null) {
      throw queue.tombstones.refuses(name.id(), now)
          ? Refusals.taskExistedRecently()
          : Refusals.notFound();
    }
    return task.snapshot();
  }

  /** A part of a queue's tasks, the oldest first; one task is given even if it is too big. */
  public Page<TaskSnapshot> listTasks(QueueName name, PageLimit limit, String token, Instant now) {
    TaskQueue queue = queue(name);
    long after = token.isEmpty() ? 0 : Long.parseLong(PageToken.parse(token, now).after(), 36);
    List<StoredTask> found = queue.tasksAfter(after, limit.tasks() + 1);
    List<TaskSnapshot> shown = new ArrayList<>();
    long bodies = 0;
    for (StoredTask task : found) {
      bodies += task.call.body().size();
      if (shown.size() == limit.tasks() || (bodies > limit.bodyBytes() && !shown.isEmpty())) {
        return new Page<>(shown, new PageToken(now, Long.toString(after, 36)).text());
      }
      shown.add(task.snapshot());
      after = task.sequence;
    }
    return new Page<>(shown, "");
  }

  public void deleteTask(TaskName name, Instant now) {
    TaskQueue queue = queue(name.queue());
    StoredTask task = queue.find(name.id());
    if (task == null) {
      throw Refusals.notFound();
    }
    remove(queue, task, now);
  }

  /** Runs a task now, whatever the limits and the queue's state, even if it is under way. */
  public ForcedRun runTask(TaskName name, Instant now) {
    TaskQueue queue = queue(name.queue());
    StoredTask task = queue.find(name.id());
    if (task == null) {
      throw Refusals.notFound();
    }
    queue.takeForced(task);
    Dispatch dispatch = dispatch(queue, task, true, now);
    return new ForcedRun(task.snapshot(), dispatch);
  }

  /** The calls to make now. Their number is bounded by the queues' tokens and free slots. */
  public List<Dispatch> dueDispatches(Instant now) {
    List<Dispatch> dispatches = new ArrayList<>();
    for (TaskQueue queue : queues.values()) {
      dropExpired(queue, now);
      for (StoredTask task = queue.takeDue(now); task != null; task = queue.takeDue(now)) {
        dispatches.add(dispatch(queue, task, false, now));
      }
    }
    return dispatches;
  }

  /** When to ask for dispatches again if nothing happens before; empty when nothing waits. */
  public Optional<Instant> nextEventAt(Instant now) {
    Instant next = null;
    for (TaskQueue queue : queues.values()) {
      next = earliest(next, queue.nextDueAt(now));
      StoredTask oldest = queue.oldest().orElse(null);
      if (oldest != null) {
        next = earliest(next, oldest.createTime.plus(queue.settings().taskTtl()));
      }
    }
    return Optional.ofNullable(next);
  }

  /** Reports how a dispatch ended. One that the engine no longer knows was purged or reset. */
  public void answered(Dispatch dispatch, Answer answer, Instant now) {
    UnderWay call = underWay.remove(dispatch.number());
    if (call == null) {
      return;
    }
    if (!call.forced()) {
      call.queue().slotFreed();
    }
    call.queue().slowdown.answered(answer, now);
    if (call.task().repeat || !call.queue().holds(call.task())) {
      call.queue().meter.answered(answer, false, now);
    } else if (answer.isSuccess()) {
      call.queue().meter.answered(answer, false, now);
      remove(call.queue(), call.task(), now);
    } else {
      failed(call, answer, now);
    }
  }

  public int callsUnderWay() {
    return underWay.size();
  }

  /** Forgets queues, tasks, tombstones and calls under way. */
  public void reset() {
    queues.clear();
    deletedQueues.clear();
    underWay.clear();
    listener.everythingForgotten();
  }

  /** Puts back a queue that an earlier engine stored. The listener is not told. */
  public void restoreQueue(QueueSnapshot snapshot, Instant now) {
    TaskQueue queue = new TaskQueue(snapshot.name(), snapshot.settings(), settings, random, now);
    queue.state = snapshot.state();
    queue.purgedAt = snapshot.purgedAt();
    queues.put(snapshot.name(), queue);
  }

  /** Puts back a task that an earlier engine stored; it is due as it was. */
  public void restoreTask(TaskSnapshot snapshot) {
    queue(snapshot.name().queue()).add(snapshot);
  }

  public void restoreTombstone(TaskName name, Instant refusedUntil, Instant now) {
    queue(name.queue()).tombstones.add(name.id(), refusedUntil, now);
  }

  /** Tells a listener of the whole state, as if it were all happening now. */
  public void describeTo(StateListener to) {
    for (TaskQueue queue : queues.values()) {
      to.queueStored(queue.snapshot());
      for (StoredTask task : queue.tasks()) {
        TaskSnapshot snapshot = task.snapshot();
        to.taskCreated(snapshot);
        if (snapshot.progress().dispatchCount() > 0) {
          to.taskProgressed(snapshot.name(), snapshot.progress());
        }
      }
      queue.tombstones.forEach((id, until) -> to.taskRemoved(new TaskName(queue.name, id), until));
    }
  }

  private void failed(UnderWay call, Answer answer, Instant now) {
    TaskQueue queue = call.queue();
    StoredTask task = call.task();
    RetryPolicy policy = queue.settings().retryPolicy();
    int attempts = task.progress.dispatchCount();
    Duration delay = policy.delayAfter(attempts);
    if (answer instanceof Answer.Status status
        && settings.throttling()
        && status.retryAfter() != null
        && status.retryAfter().compareTo(delay) > 0) {
      delay = status.retryAfter();
    }
    // A forced run counts from when it was asked for, an ordinary one from its failure.
    Instant from = call.forced() ? call.sentAt() : now;
    Instant next = from.plus(delay).truncatedTo(ChronoUnit.MICROS);
    task.answered(new Attempt(call.scheduleTime(), call.sentAt(), now, answer), next);
    Instant first = task.progress.firstDispatchAt();
    if (policy.isExhausted(attempts, first == null ? now : first, now)) {
      queue.meter.answered(answer, true, now);
      remove(queue, task, now);
      return;
    }
    queue.meter.answered(answer, false, now);
    if (task.underWay == 0) {
      queue.requeue(task);
    }
    listener.taskProgressed(task.name, task.progress);
  }

  private Dispatch dispatch(TaskQueue queue, StoredTask task, boolean forced, Instant now) {
    long number = ++dispatchNumber;
    Map<String, String> headers = DispatchHeaders.of(task);
    underWay.put(number, new UnderWay(queue, task, task.progress.scheduleTime(), now, forced));
    task.dispatched(now.truncatedTo(ChronoUnit.MICROS));
    queue.meter.dispatched(now);
    return new Dispatch(number, task.name, task.call, headers, now, task.dispatchDeadline);
  }

  // The real service keeps a task for 31 days, however long its queue is paused.
  private void dropExpired(TaskQueue queue, Instant now) {
    StoredTask oldest = queue.oldest().orElse(null);
    while (oldest != null && !oldest.createTime.plus(queue.settings().taskTtl()).isAfter(now)) {
      remove(queue, oldest, now);
      oldest = queue.oldest().orElse(null);
    }
  }

  private void remove(TaskQueue queue, StoredTask task, Instant now) {
    Instant refusedUntil = queue.remove(task, now);
    listener.taskRemoved(task.name, refusedUntil);
  }

  private QueueSnapshot stored(TaskQueue queue) {
    QueueSnapshot snapshot = queue.snapshot();
    listener.queueStored(snapshot);
    return snapshot;
  }

  private TaskQueue queue(QueueName name) {
    TaskQueue queue = queues.get(name);
    if (queue == null) {
      throw Refusals.queueMissing();
    }
    return queue;
  }

  // Generated ids are numbers, as the real service's are.
  private String freshId(TaskQueue queue, Instant now) {
    String id;
    do {
      id = Long.toUnsignedString(random.nextLong());
    } while (queue.find(id) != null || queue.tombstones.refuses(id, now));
    return id;
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
