package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.StateListener;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskProgress;
import dev.twofold.cloudtasks.engine.TaskSnapshot;
import java.time.Instant;
import java.util.List;

/** Writes down what it hears, so that two states can be compared as text. */
record RecordingListener(List<String> lines) implements StateListener {

  @Override
  public void queueStored(QueueSnapshot queue) {
    lines.add("queue " + queue);
  }

  @Override
  public void queueDeleted(QueueName queue) {
    lines.add("deleted " + queue);
  }

  @Override
  public void taskCreated(TaskSnapshot task) {
    lines.add("task " + task);
  }

  @Override
  public void taskProgressed(TaskName task, TaskProgress progress) {
    lines.add("progress " + task + progress);
  }

  @Override
  public void taskRemoved(TaskName task, Instant refusedUntil) {
    lines.add("removed " + task + refusedUntil);
  }

  @Override
  public void everythingForgotten() {
    lines.add("forgotten");
  }
}
