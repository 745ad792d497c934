package dev.twofold.cloudtasks.engine;

import java.time.Instant;

/**
 * Hears of every change that must outlive the process, before the caller gets its answer. What it
 * throws reaches that caller.
 */
public interface StateListener {

  StateListener NONE =
      new StateListener() {
        @Override
        public void queueStored(QueueSnapshot queue) {}

        @Override
        public void queueDeleted(QueueName queue) {}

        @Override
        public void taskCreated(TaskSnapshot task) {}

        @Override
        public void taskProgressed(TaskName task, TaskProgress progress) {}

        @Override
        public void taskRemoved(TaskName task, Instant refusedUntil) {}

        @Override
        public void everythingForgotten() {}
      };

  void queueStored(QueueSnapshot queue);

  void queueDeleted(QueueName queue);

  void taskCreated(TaskSnapshot task);

  /**
   * An attempt was answered. An attempt under way is not reported: after a crash it is repeated.
   */
  void taskProgressed(TaskName task, TaskProgress progress);

  void taskRemoved(TaskName task, Instant refusedUntil);

  void everythingForgotten();
}
