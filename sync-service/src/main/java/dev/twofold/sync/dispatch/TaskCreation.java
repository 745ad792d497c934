package dev.twofold.sync.dispatch;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.Waiting;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Creates the tasks of marks that have just been committed, all at once. Names make it safe to
 * create a task again, so a caller that fails here may simply repeat everything.
 */
public final class TaskCreation {

  private final TaskDispatcher dispatcher;
  private final ExecutorService threads;

  /**
   * A maker of tasks.
   *
   * @param threads one virtual thread for each task; never shut down here
   */
  public TaskCreation(TaskDispatcher dispatcher, ExecutorService threads) {
    this.dispatcher = dispatcher;
    this.threads = threads;
  }

  /**
   * Creates a task for each of them; bulk rows for HubSpot share their slot's drain.
   *
   * @throws RetryableFailure if one of them may be missing
   */
  public void create(TenantId tenant, Collection<Waiting> waiting) {
    Set<WriteTask> tasks = new LinkedHashSet<>();
    for (Waiting each : waiting) {
      tasks.add(task(tenant, each));
    }
    if (tasks.size() == 1) {
      dispatcher.create(tasks.iterator().next());
      return;
    }
    List<Future<?>> creations =
        tasks.stream()
            .<Future<?>>map(task -> threads.submit(() -> dispatcher.create(task)))
            .toList();
    RetryableFailure failure = null;
    for (Future<?> creation : creations) {
      try {
        creation.get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        failure =
            new RetryableFailure(Stage.DISPATCHING, "stopped while creating tasks", interrupted);
      } catch (ExecutionException failed) {
        failure =
            new RetryableFailure(
                Stage.DISPATCHING, "a task could not be created; all are created again", failed);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The same on a thread of its own, so that a commit need not wait for it. */
  public Future<?> begin(TenantId tenant, Collection<Waiting> waiting) {
    return waiting.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : threads.submit(() -> create(tenant, waiting));
  }

  /** The task of that mark or row. */
  public static WriteTask task(TenantId tenant, Waiting each) {
    if (each.side() == Side.STRIPE) {
      Lane lane = each.urgent() ? Lane.EXPRESS : Lane.BULK;
      return WriteTask.stripe(
              tenant, each.link().value(), Long.parseLong(each.task()), lane, each.dueAt())
          .traced(each.trace());
    }
    // A slot's drain is everybody's, so it is in nobody's trace; its rows are in their own.
    return each.urgent()
        ? WriteTask.urgentDrain(tenant, each.link().value(), each.task(), each.dueAt())
            .traced(each.trace())
        : WriteTask.slotDrain(tenant, each.dueAt());
  }
}
