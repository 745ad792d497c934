package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Change;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    DueRows.Taken taken = due.take(TENANT, false);

    assertThat(taken.rows()).extracting(OutboxRow::link).containsExactly(link(3), link(1));
    assertThat(taken.left()).isEqualTo(1);
  }

  @Test
  void givesNoRowToTwoDrains() {
    put(1, WorkKind.UPDATE, 1);
    DueRows.Taken first = due.take(TENANT, false);

    assertThat(due.take(TENANT, false).rows()).isEmpty();

    due.release(first.rows());
    assertThat(due.take(TENANT, false).rows()).isEqualTo(first.rows());
  }

  @Test
  void goesOnBehindWhatOthersHaveClaimed() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }

    List<Integer> sizes =
        List.of(
            due.take(TENANT, false).rows().size(),
            due.take(TENANT, true).rows().size(),
            due.take(TENANT, true).rows().size(),
            due.take(TENANT, true).rows().size(),
            due.take(TENANT, true).rows().size());

    assertThat(sizes).containsExactly(100, 100, 100, 50, 0);
  }

  @Test
  void knowsHowManyAreLeftInABacklog() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }

    assertThat(due.take(TENANT, false).left()).isPositive();
    assertThat(due.take(TENANT, true).left()).isEqualTo(150);
  }

  @Test
  void looksAfreshForADrainOfItsOwn() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    due.take(TENANT, false);
    due.take(TENANT, true);
    put(900, WorkKind.UPDATE, 0);

    assertThat(due.take(TENANT, false).rows())
        .extracting(OutboxRow::link)
        .containsExactly(link(900));
  }

  @Test
  void forgetsAfterAWhileWhatALookAheadSaw() {
    for (int row = 0; row < 350; row++) {
      put(row, WorkKind.CREATE, 4);
    }
    due.take(TENANT, false);
    due.take(TENANT, true);
    put(900, WorkKind.UPDATE, 0);
    now = now.plus(Duration.ofSeconds(6));

    assertThat(due.take(TENANT, true).rows())
        .extracting(OutboxRow::link)
        .containsExactly(link(900));
  }

  private void put(int number, WorkKind kind, int urgency) {
    OutboxRow row = new OutboxRow(link(number), "1", kind, urgency, now, 0, "", null, now, null);
    assertThat(store.commit(TENANT, List.of(new Change(row.key(), row, null)), List.of())).isTrue();
  }

  private static LinkId link(int number) {
    return new LinkId("%020x".formatted(number));
  }
}
