package dev.twofold.sync.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link LinkStore} keeps. Each test begins with an empty tenant. */
public interface LinkStoreContract {

  Instant NOW = LinkSamples.NOW;

  /** The store. */
  LinkStore store();

  /** A tenant of which nothing is stored; the same one within a test. */
  TenantId tenant();

  @Test
  default void answersEveryKeyAndSaysWhatIsAbsent() {
    create(LinkSamples.plain(1));
    DocumentKey there = DocumentKey.of(LinkSamples.id(1));
    DocumentKey absent = DocumentKey.of(RecordId.contact("1"));

    Map<DocumentKey, Versioned<Document>> found =
        store().load(tenant(), List.of(absent, there, there));

    assertThat(found.keySet()).containsExactly(absent, there);
    assertThat(found.get(absent)).isEqualTo(Versioned.absent());
    assertThat(found.get(there)).isEqualTo(new Versioned<>(LinkSamples.plain(1), version(there)));
  }

  @Test
  default void loadsNothingForNoKeys() {
    assertThat(store().load(tenant(), List.of())).isEmpty();
  }

  @Test
  default void returnsEveryKindOfDocumentAsItWasStored() {
    List<Document> all = LinkSamples.awkward();
    create(all.toArray(Document[]::new));

    Map<DocumentKey, Versioned<Document>> found =
        store().load(tenant(), all.stream().map(Document::key).toList());

    assertThat(found.values().stream().map(Versioned::document).toList()).isEqualTo(all);
  }

  @Test
  default void returnsEveryKindOfDocumentAsItWasReplaced() {
    List<Document> all = LinkSamples.awkward();
    create(all.toArray(Document[]::new));
    List<Change> again =
        store().load(tenant(), all.stream().map(Document::key).toList()).entrySet().stream()
            .map(each ->
                new Change(each.getKey(), each.getValue().document(), each.getValue().version()))
            .toList();

    assertThat(store().commit(tenant(), again, List.of())).isTrue();

    assertThat(all).allSatisfy(each -> assertThat(read(each.key())).isEqualTo(each));
  }

  @Test
  default void forgetsWhatAReplacementNoLongerHolds() {
    Link full = (Link) LinkSamples.awkward().getFirst();
    create(full);
    Link less =
        full.with(Side.STRIPE, full.stripe().withProperties(Map.of()).withOpen(null).marked(null))
            .withBacklog(null);

    replace(less);

    assertThat(read(full.key())).isEqualTo(less);
  }

  @Test
  default void keepsTenantsApart() {
    create(LinkSamples.plain(1));

    TenantId other = new TenantId(tenant().value() + "-other");

    assertThat(store().load(other, List.of(LinkSamples.plain(1).key())).values())
        .containsOnly(Versioned.absent());
  }

  @Test
  default void refusesToCreateWhatExists() {
    create(LinkSamples.plain(1));

    boolean stored = commit(new Change(LinkSamples.plain(1).key(), LinkSamples.due(1, NOW), null));

    assertThat(stored).isFalse();
    assertThat(read(LinkSamples.plain(1).key())).isEqualTo(LinkSamples.plain(1));
  }

  @Test
  default void refusesToReplaceWhatHasChangedSinceItWasRead() {
    create(LinkSamples.plain(1));
    String seen = version(LinkSamples.plain(1).key());
    replace(LinkSamples.due(1, NOW));

    boolean stored = commit(new Change(LinkSamples.plain(1).key(), LinkSamples.plain(1), seen));

    assertThat(stored).isFalse();
    assertThat(read(LinkSamples.plain(1).key())).isEqualTo(LinkSamples.due(1, NOW));
  }

  @Test
  default void letsTwoDecisionsCollideThatBothStoreWhatIsThereAlready() {
    create(LinkSamples.plain(1));
    Change same = new Change(LinkSamples.plain(1).key(), LinkSamples.plain(1), seen(1));

    assertThat(commit(same)).isTrue();
    assertThat(commit(same)).isFalse();
  }

  @Test
  default void refusesToReplaceOrDeleteWhatIsGone() {
    create(LinkSamples.plain(1));
    String seen = version(LinkSamples.plain(1).key());
    Change deletion = new Change(LinkSamples.plain(1).key(), null, seen);

    assertThat(commit(deletion)).isTrue();

    assertThat(commit(deletion)).isFalse();
    assertThat(commit(new Change(LinkSamples.plain(1).key(), LinkSamples.plain(1), seen)))
        .isFalse();
    assertThat(store().load(tenant(), List.of(LinkSamples.plain(1).key())).values())
        .containsOnly(Versioned.absent());
  }

  @Test
  default void refusesAVersionFromBeforeADocumentWasMadeAgain() {
    create(LinkSamples.plain(1));
    String seen = version(LinkSamples.plain(1).key());
    commit(new Change(LinkSamples.plain(1).key(), null, seen));
    create(LinkSamples.plain(1));

    assertThat(commit(new Change(LinkSamples.plain(1).key(), LinkSamples.due(1, NOW), seen)))
        .isFalse();
  }

  @Test
  default void storesAllOfACommitOrNothing() {
    create(LinkSamples.plain(1));
    Document newcomer = LinkSamples.plain(2);

    boolean stored =
        store()
            .commit(
                tenant(),
                List.of(
                    new Change(newcomer.key(), newcomer, null),
                    new Change(LinkSamples.plain(1).key(), LinkSamples.plain(1), null)),
                List.of(entry(2, NOW, "notice")));

    assertThat(stored).isFalse();
    assertThat(store().load(tenant(), List.of(newcomer.key())).values())
        .containsOnly(Versioned.absent());
    assertThat(store().history(tenant(), LinkSamples.id(2), 10)).isEmpty();
  }

  @Test
  default void storesAsManyChangesAsACommitMayHave() {
    Document[] most =
        IntStream.range(0, LinkStore.CHANGES_MAX)
            .mapToObj(LinkSamples::plain)
            .toArray(Document[]::new);

    create(most);

    assertThat(store().load(tenant(), List.of(most[0].key(), most[most.length - 1].key())))
        .doesNotContainValue(Versioned.absent());
  }

  @Test
  default void refusesMalformedCommits() {
    Document one = LinkSamples.plain(1);
    Change fresh = new Change(one.key(), one, null);
    List<Change> tooMany =
        IntStream.rangeClosed(0, LinkStore.CHANGES_MAX)
            .mapToObj(LinkSamples::plain)
            .map(link -> new Change(link.key(), link, null))
            .toList();

    assertThatThrownBy(() -> store().commit(tenant(), tooMany, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().commit(tenant(), List.of(fresh, fresh), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> commit(new Change(LinkSamples.plain(2).key(), one, null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> commit(new Change(one.key(), null, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void storesHistoryWithoutAnyChange() {
    assertThat(store().commit(tenant(), List.of(), List.of(entry(1, NOW, "read")))).isTrue();

    assertThat(store().history(tenant(), LinkSamples.id(1), 10))
        .containsExactly(entry(1, NOW, "read"));
  }

  @Test
  default void letsExactlyOneOfManyClaimARecord() throws Exception {
    for (int round = 0; round < 5; round++) {
      RecordId claimed = RecordId.contact("race" + round);
      int firstLink = 100 * round;

      List<Boolean> outcomes =
          atOnce(
              8,
              racer -> {
                Link own = LinkSamples.plain(firstLink + racer);
                RecordClaim claim = RecordClaim.of(claimed, own.id());
                return commit(
                    new Change(own.key(), own, null), new Change(claim.key(), claim, null));
              });

      assertThat(outcomes).containsOnlyOnce(true);
      RecordClaim winner = read(DocumentKey.of(claimed), RecordClaim.class);
      assertThat(winner.link()).isEqualTo(LinkSamples.id(firstLink + outcomes.indexOf(true)));
    }
  }

  @Test
  default void letsExactlyOneOfManyCommitFromOneVersion() throws Exception {
    create(LinkSamples.plain(1));
    for (int round = 0; round < 5; round++) {
      String seen = version(LinkSamples.plain(1).key());

      List<Boolean> outcomes =
          atOnce(
              8,
              racer ->
                  commit(
                      new Change(
                          LinkSamples.plain(1).key(),
                          LinkSamples.plain(1).mappedBy(racer + 1),
                          seen)));

      assertThat(outcomes).containsOnlyOnce(true);
      Link winner = read(LinkSamples.plain(1).key(), Link.class);
      assertThat(winner.mappingVersion()).isEqualTo(outcomes.indexOf(true) + 1);
    }
  }

  @Test
  default void findsRowsThatAreDueTheMostUrgentFirst() {
    create(
        LinkSamples.row(1, 1, NOW),
        LinkSamples.row(2, 1, NOW.minusSeconds(20)),
        LinkSamples.row(3, 1, NOW.plusMillis(1)),
        LinkSamples.row(4, 2, NOW.minusSeconds(30)),
        LinkSamples.row(5, 1, NOW.minusSeconds(10)));

    List<Versioned<OutboxRow>> due = store().dueRows(tenant(), NOW, 10);

    assertThat(due)
        .extracting(row -> Objects.requireNonNull(row.document()).link())
        .containsExactly(
            LinkSamples.id(2), LinkSamples.id(5), LinkSamples.id(1), LinkSamples.id(4));
    assertThat(store().dueRows(tenant(), NOW, 2)).isEqualTo(due.subList(0, 2));
    assertThat(store().dueRows(tenant(), NOW.minusSeconds(60), 10)).isEmpty();
  }

  @Test
  default void findsRowsThatAreDueBehindManyThatWait() {
    for (int row = 0; row < 6; row++) {
      create(LinkSamples.row(row, 0, NOW.plusSeconds(row + 1)));
    }
    create(
        LinkSamples.row(6, 1, NOW.plusSeconds(1)),
        LinkSamples.row(7, 3, NOW.minusSeconds(1)),
        LinkSamples.row(8, 4, NOW.minusSeconds(2)));

    assertThat(store().dueRows(tenant(), NOW, 2))
        .extracting(row -> Objects.requireNonNull(row.document()).link())
        .containsExactly(LinkSamples.id(7), LinkSamples.id(8));
  }

  @Test
  default void findsRowsWithTheVersionThatAChangeNeeds() {
    create(LinkSamples.row(1, 1, NOW));

    Versioned<OutboxRow> due = store().dueRows(tenant(), NOW, 10).getFirst();
    OutboxRow row = Objects.requireNonNull(due.document());

    assertThat(row).isEqualTo(LinkSamples.row(1, 1, NOW));
    assertThat(commit(new Change(row.key(), row.failed("busy", NOW.plusSeconds(9)), due.version())))
        .isTrue();
    assertThat(store().dueRows(tenant(), NOW, 10)).isEmpty();
    assertThat(store().nextRowDueAt(tenant())).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  default void tellsWhenTheNextRowFallsDue() {
    assertThat(store().nextRowDueAt(tenant())).isNull();

    create(LinkSamples.row(1, 4, NOW.plusSeconds(1)), LinkSamples.row(2, 0, NOW.plusSeconds(2)));

    assertThat(store().nextRowDueAt(tenant())).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  default void countsTheRowsThatWaitDueOrNot() {
    assertThat(store().rows(tenant())).isZero();

    create(LinkSamples.row(1, 4, NOW.plusSeconds(1)), LinkSamples.row(2, 0, NOW.minusSeconds(2)));

    assertThat(store().rows(tenant())).isEqualTo(2);
  }

  @Test
  default void findsLinksWhoseWorkIsOverdueUntilItIsDone() {
    create(
        LinkSamples.due(1, NOW.minusSeconds(1)),
        LinkSamples.due(2, NOW.minusSeconds(2)),
        LinkSamples.due(3, NOW),
        LinkSamples.due(4, null));
    assertThat(store().overdue(tenant(), NOW, 10))
        .containsExactly(LinkSamples.id(2), LinkSamples.id(1));
    assertThat(store().overdue(tenant(), NOW, 1)).containsExactly(LinkSamples.id(2));

    replace(LinkSamples.due(2, null));

    assertThat(store().overdue(tenant(), NOW, 10)).containsExactly(LinkSamples.id(1));
  }

  @Test
  default void findsTheBacklogUntilItIsWorkedOff() {
    create(
        LinkSamples.plain(3).withBacklog(Backlog.MISSING_STRIPE),
        LinkSamples.plain(1).withBacklog(Backlog.MISSING_STRIPE),
        LinkSamples.plain(2).withBacklog(Backlog.DIFFERS),
        LinkSamples.plain(4));
    assertThat(store().backlog(tenant(), Backlog.MISSING_STRIPE, 10))
        .containsExactly(LinkSamples.id(1), LinkSamples.id(3));
    assertThat(store().backlog(tenant(), Backlog.MISSING_STRIPE, 1))
        .containsExactly(LinkSamples.id(1));
    assertThat(store().backlog(tenant(), Backlog.MISSING_HUBSPOT, 10)).isEmpty();

    replace(LinkSamples.plain(1));

    assertThat(store().backlog(tenant(), Backlog.MISSING_STRIPE, 10))
        .containsExactly(LinkSamples.id(3));
  }

  @Test
  default void findsLinksOfOlderMappingsUntilTheyAreTouched() {
    Link older = LinkSamples.plain(1);
    create(older, LinkSamples.plain(2).mappedBy(3), LinkSamples.plain(3).joinedInto(older.id()));

    assertThat(store().mappedBefore(tenant(), 3, 10)).containsExactly(older.id());
    assertThat(store().mappedBefore(tenant(), 1, 10)).isEmpty();

    replace(older.mappedBy(3));

    assertThat(store().mappedBefore(tenant(), 3, 10)).isEmpty();
    assertThat(store().mappedBefore(tenant(), 4, 1)).hasSize(1);
  }

  @Test
  default void findsPurchasesOfNobodyTheOldestFirst() {
    Purchase oldest = waiting("pi_1", NOW.minusSeconds(3));
    Purchase older = waiting("pi_2", NOW.minusSeconds(2));
    create(
        older,
        oldest,
        waiting("pi_3", NOW),
        LinkSamples.purchase(
            "pi_4", NOW.minusSeconds(9), Purchase.State.WAITING, LinkSamples.id(1)),
        LinkSamples.purchase("pi_5", NOW.minusSeconds(9), Purchase.State.SENT, null));

    assertThat(store().waitingPurchases(tenant(), NOW, 10)).containsExactly(oldest, older);
    assertThat(store().waitingPurchases(tenant(), NOW, 1)).containsExactly(oldest);

    replace(oldest.now(Purchase.State.PARKED, null, "nobody came"));

    assertThat(store().waitingPurchases(tenant(), NOW, 10)).containsExactly(older);
  }

  private static Purchase waiting(String id, Instant at) {
    return LinkSamples.purchase(id, at, Purchase.State.WAITING, null);
  }

  @Test
  default void showsWhatIsParkedNewestFirst() {
    create(
        LinkSamples.parked("a", NOW.minusSeconds(2)),
        LinkSamples.parked("b", NOW),
        LinkSamples.parked("c", NOW.minusSeconds(1)));

    assertThat(store().parked(tenant(), 2))
        .containsExactly(
            LinkSamples.parked("b", NOW), LinkSamples.parked("c", NOW.minusSeconds(1)));
  }

  @Test
  default void tellsTheHistoryOfALinkNewestFirst() {
    HistoryEntry early = entry(1, NOW.minusSeconds(5), "notice");
    List<HistoryEntry> together =
        List.of(entry(1, NOW, "notice"), entry(1, NOW, "decision"), entry(1, NOW, "write"));
    store().commit(tenant(), List.of(), together);
    store().commit(tenant(), List.of(), List.of(early, entry(2, NOW, "other")));

    List<HistoryEntry> told = store().history(tenant(), LinkSamples.id(1), 10);

    assertThat(told).containsExactly(together.get(2), together.get(1), together.get(0), early);
    assertThat(store().history(tenant(), LinkSamples.id(1), 2)).isEqualTo(told.subList(0, 2));
  }

  @Test
  default void erasesTheHistoryOfOneLinkWhole() {
    List<HistoryEntry> many =
        IntStream.range(0, 450)
            .mapToObj(each -> entry(1, NOW.minusSeconds(each), "notice"))
            .toList();
    store().commit(tenant(), List.of(), many);
    store().commit(tenant(), List.of(), List.of(entry(2, NOW, "notice")));

    store().eraseHistory(tenant(), LinkSamples.id(1));

    assertThat(store().history(tenant(), LinkSamples.id(1), 10)).isEmpty();
    assertThat(store().history(tenant(), LinkSamples.id(2), 10)).hasSize(1);
  }

  /** Nothing else leads to them any more. */
  @Test
  default void erasesTheHistoryOfLinksThatWereJoinedIntoItToo() {
    store()
        .commit(
            tenant(),
            List.of(),
            List.of(
                entry(1, NOW, "notice"),
                HistoryEntry.joined(LinkSamples.id(1), NOW, LinkSamples.id(2)),
                entry(2, NOW, "notice"),
                HistoryEntry.joined(LinkSamples.id(2), NOW, LinkSamples.id(3)),
                entry(3, NOW, "notice"),
                entry(4, NOW, "notice")));

    store().eraseHistory(tenant(), LinkSamples.id(1));

    for (int erased = 1; erased <= 3; erased++) {
      assertThat(store().history(tenant(), LinkSamples.id(erased), 10)).isEmpty();
    }
    assertThat(store().history(tenant(), LinkSamples.id(4), 10)).hasSize(1);
  }

  private static HistoryEntry entry(int link, Instant at, String what) {
    return new HistoryEntry(
        LinkSamples.id(link), at, what, Map.of("metadata.x", " Zoë ", "email", ""));
  }

  private void create(Document... documents) {
    List<Change> changes = new ArrayList<>();
    for (Document document : documents) {
      changes.add(new Change(document.key(), document, null));
    }
    assertThat(store().commit(tenant(), changes, List.of())).isTrue();
  }

  private void replace(Document document) {
    assertThat(commit(new Change(document.key(), document, version(document.key())))).isTrue();
  }

  private boolean commit(Change... changes) {
    return store().commit(tenant(), List.of(changes), List.of());
  }

  private Document read(DocumentKey key) {
    return read(key, Document.class);
  }

  private <D extends Document> D read(DocumentKey key, Class<D> type) {
    Versioned<Document> stored = store().load(tenant(), List.of(key)).get(key);
    return Objects.requireNonNull(type.cast(Objects.requireNonNull(stored).document()));
  }

  private String seen(int link) {
    return version(DocumentKey.of(LinkSamples.id(link)));
  }

  private String version(DocumentKey key) {
    return Objects.requireNonNull(
        Objects.requireNonNull(store().load(tenant(), List.of(key)).get(key)).version());
  }

  /** What each of them answers, begun as nearly at once as threads can. */
  private static List<Boolean> atOnce(int racers, IntPredicate race) throws Exception {
    CyclicBarrier start = new CyclicBarrier(racers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int racer = 0; racer < racers; racer++) {
        int number = racer;
        all.add(() -> {
          start.await();
          return race.test(number);
        });
      }
      List<Boolean> outcomes = new ArrayList<>();
      for (Future<Boolean> outcome : threads.invokeAll(all)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    }
  }
}
