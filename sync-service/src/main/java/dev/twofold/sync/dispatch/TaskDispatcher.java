package dev.twofold.sync.dispatch;

/** Creates tasks. */
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
}
