package dev.twofold.sync.dispatch;

import dev.twofold.sync.record.TenantId;

/** Creates tasks, and stops and starts the queues they wait in. */
public interface TaskDispatcher {

  /**
   * Creates the task; a task of that name which waits, runs or has run is as good. An answer lost
   * on the way is repeated by the caller.
   *
   * @throws dev.twofold.sync.failure.RetryableFailure of stage {@code DISPATCHING} when the queue
   *     cannot be reached in time, so that whether the task exists is not known
   */
  void create(WriteTask task);

  /**
   * Whether the task waits or runs; false once it has ended, and when it never was.
   *
   * @throws dev.twofold.sync.failure.RetryableFailure when the queue cannot be reached
   */
  boolean exists(WriteTask task);

  /**
   * Stops the tenant's queues; tasks are still accepted and none is lost.
   *
   * @throws dev.twofold.sync.failure.RetryableFailure when the queue cannot be reached
   */
  void pause(TenantId tenant);

  /**
   * Lets the tenant's queues go on.
   *
   * @throws dev.twofold.sync.failure.RetryableFailure when the queue cannot be reached
   */
  void resume(TenantId tenant);
}
