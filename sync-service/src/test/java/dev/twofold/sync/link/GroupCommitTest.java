package dev.twofold.sync.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

  @Test
  void whatArrivesDuringACommitIsCommittedTogether() throws InterruptedException {
    Held held = new Held(1_000);
    for (int item = 1; item <= 50; item++) {
      held.submit(item, Lane.BULK);
    }
    held.goOn();
    assertThat(held.commits).hasSize(2);
    assertThat(held.commits.get(1)).hasSize(50);
  }

  @Test
  void everyCallerIsServedOnceUnderLoad() throws InterruptedException {
    AtomicInteger handled = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    GroupCommit<Integer> group =
        new GroupCommit<>(
            10,
            10_000,
            items -> {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              handled.addAndGet(items.size());
              Thread.onSpinWait();
              inside.decrementAndGet();
              return CompletableFuture.completedFuture(null);
            });
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 2_000; caller++) {
      callers.add(Thread.startVirtualThread(() -> group.submit(List.of(1, 2), Lane.BULK)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(handled).hasValue(4_000);
  }

  @Test
  void aFailureReachesEveryCallerOfItsGroupAndNoOther() {
    GroupCommit<String> group =
        new GroupCommit<>(
            10,
            10,
            items -> {
              if (items.contains("bad")) {
                throw new RetryableFailure(Stage.RECORDING, "the store is away", null);
              }
              return CompletableFuture.completedFuture(null);
            });
    assertThatThrownBy(() -> group.submit(List.of("bad"), Lane.BULK))
        .isInstanceOf(RetryableFailure.class);
    group.submit(List.of("good"), Lane.BULK);
  }

  @Test
  void aTaskThatCouldNotBeCreatedFailsItsCallers() {
    GroupCommit<String> group =
        new GroupCommit<>(
            10,
            10,
            items ->
                CompletableFuture.failedFuture(
                    new RetryableFailure(Stage.DISPATCHING, "no queue", null)));
    assertThatThrownBy(() -> group.submit(List.of("x"), Lane.BULK))
        .isInstanceOfSatisfying(
            RetryableFailure.class,
            failure -> assertThat(failure.stage()).isEqualTo(Stage.DISPATCHING));
  }

  @Test
  void whatAPersonWaitsForGoesBeforeABacklogAndTheBacklogGoesOn() throws InterruptedException {
    Held held = new Held(20);
    for (int item = 1; item <= 50; item++) {
      held.submit(item, Lane.BULK);
    }
    held.submit(99, Lane.EXPRESS);
    held.goOn();
    assertThat(held.commits.get(1)).hasSize(20).startsWith(99, 1, 2, 3);
    assertThat(held.commits.stream().mapToInt(List::size).sum()).isEqualTo(52);
  }

  @Test
  void aLeaderThatBreaksLeavesNobodyWaiting() {
    AtomicInteger commits = new AtomicInteger();
    GroupCommit<Integer> group =
        new GroupCommit<>(
            10,
            10,
            items -> {
              if (commits.incrementAndGet() == 1) {
                throw new StackOverflowError("planted");
              }
              return CompletableFuture.completedFuture(null);
            });
    assertThatThrownBy(() -> group.submit(List.of(1), Lane.BULK))
        .isInstanceOf(StackOverflowError.class);
    group.submit(List.of(2), Lane.BULK);
    assertThat(commits).hasValue(2);
  }

  /** A group whose first commit, of item 0, is under way until it may go on. */
  private static final class Held {
    private final List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();
    private final GroupCommit<Integer> group;

    Held(int itemsMax) {
      group = new GroupCommit<>(itemsMax, 1_000, this::commit);
      callers.add(Thread.startVirtualThread(() -> group.submit(List.of(0), Lane.BULK)));
      await(firstIsUnderWay);
    }

    private CompletableFuture<?> commit(List<Integer> items) {
      commits.add(items);
      firstIsUnderWay.countDown();
      await(goOn);
      return CompletableFuture.completedFuture(null);
    }

    /** One more caller; it waits when this returns. */
    void submit(int item, Lane lane) {
      Thread caller = Thread.startVirtualThread(() -> group.submit(List.of(item), lane));
      callers.add(caller);
      awaitWaiting(caller);
    }

    /** Lets the first commit end, and all that follow. */
    void goOn() throws InterruptedException {
      goOn.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
    }
  }

  private static void awaitWaiting(Thread caller) {
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
