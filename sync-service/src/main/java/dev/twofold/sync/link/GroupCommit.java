package dev.twofold.sync.link;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets whatever arrives while a commit is under way be committed together. One caller leads at a
 * time: it takes all that waits, has it handled, tells the others, and hands the lead on once its
 * own work is done. So callers of one group never race each other, and many small deliveries cost
 * few commits. What a person waits for goes with the very next commit, before whatever waits
 * already; the others fill the room it leaves.
 *
 * @param <T> what is handed in
 */
public final class GroupCommit<T> {

  private final int itemsMax;
  private final int waitingMax;
  private final Function<List<T>, Future<?>> handler;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry<T>> express = new ArrayDeque<>();
  private final Deque<Entry<T>> bulk = new ArrayDeque<>();
  private boolean led;

  /**
   * A group.
   *
   * @param itemsMax the most items handled at once, except that one caller's are never divided
   * @param waitingMax the most callers that may wait; others are refused
   * @param handler commits the items, and answers with what must also have happened before the
   *     callers are told
   */
  public GroupCommit(int itemsMax, int waitingMax, Function<List<T>, Future<?>> handler) {
    this.itemsMax = itemsMax;
    this.waitingMax = waitingMax;
    this.handler = handler;
  }

  /**
   * Has the items handled, alone or with others', and returns once they are.
   *
   * @param lane express where a person waits for it
   * @throws RetryableFailure if they may not have been, or too many wait already
   */
  public void submit(List<T> items, Lane lane) {
    Entry<T> entry = new Entry<>(items, new CompletableFuture<>());
    lock.lock();
    try {
      if (express.size() + bulk.size() >= waitingMax) {
        throw new RetryableFailure(
            Stage.LOADING, "expected at most " + waitingMax + " callers to wait", null);
      }
      (lane == Lane.EXPRESS ? express : bulk).add(entry);
      if (!led) {
        led = true;
        entry.turn().complete(Turn.LEAD);
      }
    } finally {
      lock.unlock();
    }
    Turn turn = await(entry.turn());
    Future<?> rest = turn.lead() ? lead(entry) : turn.rest();
    if (rest != null) {
      finish(rest);
    }
  }

  /** Handles groups until the leader's own items are done, then hands the lead on. */
  private @Nullable Future<?> lead(Entry<T> own) {
    Future<?> ownRest = null;
    RuntimeException ownFailure = null;
    boolean ownDone = false;
    while (!ownDone) {
      List<Entry<T>> group = take();
      ownDone = group.contains(own);
      Turn turn;
      try {
        turn = new Turn(false, handler.apply(group.stream().flatMap(Entry::stream).toList()));
        ownRest = turn.rest();
        for (Entry<T> entry : group) {
          entry.turn().complete(turn);
        }
      } catch (RuntimeException failure) {
        ownFailure = ownDone ? failure : null;
        fail(group, failure);
      } catch (Error failure) {
        // Whoever waits must not wait for a leader that is gone.
        fail(
            group, new IllegalStateException("expected a group commit, its leader broke", failure));
        handOn();
        throw failure;
      }
    }
    handOn();
    if (ownFailure != null) {
      throw ownFailure;
    }
    return ownRest;
  }

  private void fail(List<Entry<T>> group, RuntimeException failure) {
    for (Entry<T> entry : group) {
      entry.turn().completeExceptionally(failure);
    }
  }

  /**
   * The next group: urgent ones first. The oldest of the others is always among them, so that no
   * stream of urgent ones holds them up for good.
   */
  private List<Entry<T>> take() {
    lock.lock();
    try {
      List<Entry<T>> group = new ArrayList<>();
      int urgent = take(express, group, 0);
      Entry<T> oldest = bulk.poll();
      if (oldest != null) {
        group.add(oldest);
        var _ = take(bulk, group, urgent + oldest.size());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Moves what there is room for, the first one anyway, and answers with the group's size. */
  private int take(Deque<Entry<T>> from, List<Entry<T>> group, int taken) {
    int size = taken;
    while (!from.isEmpty() && (group.isEmpty() || size + from.peek().size() <= itemsMax)) {
      Entry<T> entry = from.remove();
      group.add(entry);
      size += entry.size();
    }
    return size;
  }

  private void handOn() {
    lock.lock();
    try {
      Entry<T> next = express.isEmpty() ? bulk.peek() : express.peek();
      if (next == null) {
        led = false;
      } else {
        next.turn().complete(Turn.LEAD);
      }
    } finally {
      lock.unlock();
    }
  }

  private static Turn await(CompletableFuture<Turn> turn) {
    try {
      return turn.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private static void finish(Future<?> rest) {
    try {
      rest.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RetryableFailure(Stage.DISPATCHING, "stopped while creating tasks", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("tasks fail with runtime exceptions only", failed);
    }
  }

  /** What a caller wakes up to: the lead, or its items handled. */
  private record Turn(boolean lead, @Nullable Future<?> rest) {
    static final Turn LEAD = new Turn(true, null);
  }

  /** One caller's items. */
  private record Entry<T>(List<T> items, CompletableFuture<Turn> turn) {

    int size() {
      return items.size();
    }

    Stream<T> stream() {
      return items.stream();
    }
  }
}
