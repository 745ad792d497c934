package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.StateListener;
import dev.twofold.cloudtasks.engine.TaskEngine;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskProgress;
import dev.twofold.cloudtasks.engine.TaskSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state that a journal's records add up to. Reading a record twice changes nothing. */
public final class RecoveredState implements StateListener {

  private final Map<QueueName, QueueSnapshot> queues = new LinkedHashMap<>();
  private final Map<TaskName, TaskSnapshot> tasks = new LinkedHashMap<>();
  private final Map<TaskName, Instant> tombstones = new LinkedHashMap<>();

  /** Puts everything into an engine that is still empty. */
  public void restoreInto(TaskEngine engine, Instant now) {
    queues.values().forEach(queue -> engine.restoreQueue(queue, now));
    tasks.values().forEach(engine::restoreTask);
    tombstones.forEach((name, until) -> engine.restoreTombstone(name, until, now));
  }

  @Override
  public void queueStored(QueueSnapshot queue) {
    queues.put(queue.name(), queue);
  }

  @Override
  public void queueDeleted(QueueName queue) {
    queues.remove(queue);
    tasks.keySet().removeIf(task -> task.queue().equals(queue));
    tombstones.keySet().removeIf(task -> task.queue().equals(queue));
  }

  @Override
  public void taskCreated(TaskSnapshot task) {
    tasks.put(task.name(), task);
    tombstones.remove(task.name());
  }

  @Override
  public void taskProgressed(TaskName name, TaskProgress progress) {
    tasks.computeIfPresent(
        name,
        (same, task) ->
            new TaskSnapshot(
                name, task.call(), task.createTime(), task.dispatchDeadline(), progress));
  }

  @Override
  public void taskRemoved(TaskName task, Instant refusedUntil) {
    tasks.remove(task);
    if (queues.containsKey(task.queue())) {
      tombstones.put(task, refusedUntil);
    }
  }

  @Override
  public void everythingForgotten() {
    queues.clear();
    tasks.clear();
    tombstones.clear();
  }
}
