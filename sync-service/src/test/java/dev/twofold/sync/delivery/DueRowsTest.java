package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Change;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.record.TenantId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DueRowsTest {
  private static final TenantId TENANT = new TenantId("main");

  private final InMemoryLinkStore store = new InMemoryLinkStore();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final DueRows due = new DueRows(store, () -> now);

  @Test
  void takesTheMostUrgentOfOneKindFirst() {
    put(1, WorkKind.UPDATE, 4);
    put(2, WorkKind.CREATE, 1);
    put(3, WorkKind.UPDATE, 0);

    DueRows.Taken taken = due.takeMostUrgent(TENANT);

    assertThat(taken.rows()).extracting(OutboxRow::link).containsExactly(link(3), link(1));
    assertThat(taken.left()).isEqualTo(1);
  }

  @Test
  void givesNoRowToTwoDrains() {
    put(1, WorkKind.UPDATE, 1);
    DueRows.Taken first = due.takeMostUrgent(TENANT);

    assertThat(due.takeMostUrgent(TENANT).rows()).isEmpty();

    due.release(TENANT, first.rows());
    assertThat(due.takeMostUrgent(TENANT).rows()).isEqualTo(first.rows());
  }

  @Test
  void goesOnBehindWhatOthersHaveClaimed() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }

    List<Integer> sizes =
        List.of(
            due.takeMostUrgent(TENANT).rows().size(),
            due.takeNext(TENANT).rows().size(),
            due.takeNext(TENANT).rows().size(),
            due.takeNext(TENANT).rows().size(),
            due.takeNext(TENANT).rows().size());

    assertThat(sizes).containsExactly(100, 100, 100, 50, 0);
  }

  @Test
  void fillsABatchWhereALookWasCutOff() {
    for (int row = 0; row < 1_500; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    DueRows.Taken first = due.takeMostUrgent(TENANT);
    // Claimed rows are looked past, so that what a look sees need not end with a batch.
    due.release(TENANT, first.rows().subList(0, 30));

    for (int batch = 0; batch < 12; batch++) {
      assertThat(due.takeNext(TENANT).rows()).hasSize(100);
    }
  }

  @Test
  void knowsHowManyAreLeftInABacklog() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }

    assertThat(due.takeMostUrgent(TENANT).left()).isEqualTo(250);
    assertThat(due.takeNext(TENANT).left()).isEqualTo(150);
  }

  @Test
  void takesTheRowSomebodyWaitsForByItself() {
    put(1, WorkKind.UPDATE, 4);
    put(2, WorkKind.UPDATE, 0);

    assertThat(due.takeRow(TENANT, link(2) + "-1").rows())
        .extracting(OutboxRow::link)
        .containsExactly(link(2));
    assertThat(due.takeRow(TENANT, link(2) + "-1")).isEqualTo(DueRows.Taken.ELSEWHERE);
    assertThat(due.takeRow(TENANT, link(3) + "-1")).isEqualTo(DueRows.Taken.NONE);
  }

  @Test
  void takesUrgentRowsTogetherWhereManyDrainsAreUnderWay() {
    for (int row = 0; row < 20; row++) {
      put(row, WorkKind.UPDATE, 0);
    }
    for (int row = 0; row < 4; row++) {
      assertThat(due.takeRow(TENANT, link(row) + "-1").rows()).hasSize(1);
    }

    assertThat(due.takeRow(TENANT, link(15) + "-1").rows()).hasSize(16);
  }

  /** An outage leaves a row and a drain for each change; one call is to carry a hundred. */
  @Test
  void takesOthersAlongWithARowThatHasWaited() {
    for (int row = 0; row < 150; row++) {
      put(row, WorkKind.CREATE, 0);
    }
    now = now.plusSeconds(3);

    DueRows.Taken taken = due.takeRow(TENANT, link(15) + "-1");

    assertThat(taken.rows()).hasSize(100);
    assertThat(taken.left()).isEqualTo(50);
  }

  @Test
  void takesWhatIsLeftWhereTheRowIsDoneAlready() {
    for (int row = 0; row < 250; row++) {
      put(row, WorkKind.CREATE, 0);
    }
    String done = link(900) + "-1";
    assertThat(due.takeRow(TENANT, done)).isEqualTo(DueRows.Taken.NONE);
    due.takeMostUrgent(TENANT);

    assertThat(due.takeRow(TENANT, done).rows()).hasSize(100);
    now = now.plusSeconds(60);
    assertThat(due.takeRow(TENANT, done).rows()).as("looked for afresh").hasSize(50);
    assertThat(due.takeRow(TENANT, done)).isEqualTo(DueRows.Taken.NONE);
  }

  @Test
  void looksOnceForAllWhoAskedBeforeTheLookBegan() throws InterruptedException {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch goOn = new CountDownLatch(1);
    DueRows slow = new DueRows(slow(looks, goOn), () -> now);
    List<Thread> drains = new ArrayList<>();
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    for (int drain = 0; drain < 4; drain++) {
      drains.add(
          Thread.startVirtualThread(() -> sizes.add(slow.takeMostUrgent(TENANT).rows().size())));
      while (drains.getLast().getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    goOn.countDown();
    for (Thread drain : drains) {
      drain.join();
    }

    assertThat(sizes).containsExactlyInAnyOrder(100, 100, 100, 50);
    assertThat(looks).as("the first one's, and one for the others").hasValue(2);
  }

  private LinkStore slow(AtomicInteger looks, CountDownLatch goOn) {
    return (LinkStore)
        Proxy.newProxyInstance(
            LinkStore.class.getClassLoader(),
            new Class<?>[] {LinkStore.class},
            (proxy, method, arguments) -> {
              looks.incrementAndGet();
              goOn.await();
              return method.invoke(store, arguments);
            });
  }

  @Test
  void looksAheadAtOnceForTheRowsOfASlot() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }

    DueRows.Taken taken = due.takeMostUrgent(TENANT);

    assertThat(taken.rows()).hasSize(100);
    assertThat(taken.left()).isEqualTo(250);
  }

  @Test
  void looksAfreshForADrainOfItsOwn() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    due.takeMostUrgent(TENANT);
    due.takeNext(TENANT);
    put(900, WorkKind.UPDATE, 0);

    assertThat(due.takeMostUrgent(TENANT).rows())
        .extracting(OutboxRow::link)
        .containsExactly(link(900));
  }

  @Test
  void forgetsAfterAWhileWhatALookAheadSaw() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    due.takeMostUrgent(TENANT);
    due.takeNext(TENANT);
    put(900, WorkKind.UPDATE, 0);
    now = now.plus(Duration.ofSeconds(6));

    assertThat(due.takeNext(TENANT).rows()).extracting(OutboxRow::link).containsExactly(link(900));
  }

  private void put(int number, WorkKind kind, int urgency) {
    OutboxRow row = new OutboxRow(link(number), "1", kind, urgency, now, 0, "", null, now, null);
    assertThat(store.commit(TENANT, List.of(new Change(row.key(), row, null)), List.of())).isTrue();
  }

  private static LinkId link(int number) {
    return new LinkId("%020x".formatted(number));
  }
}
