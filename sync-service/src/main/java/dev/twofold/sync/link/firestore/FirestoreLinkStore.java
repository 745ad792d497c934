package dev.twofold.sync.link.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.firestore.Fields;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.Change;
import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.Versioned;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The link store in Firestore. A commit is one atomic batch, sent once; a lost race is false, and
 * whatever else keeps a document from being read or stored is a {@link RetryableFailure}.
 */
public final class FirestoreLinkStore implements LinkStore {

  /** Entries erased in one commit. */
  private static final int ERASED_AT_ONCE = 400;

  private static final int ERASE_ROUNDS_MAX = 250;

  private final FirestoreDatabase database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final LinkDocuments documents = new LinkDocuments();

  /**
   * A store over that database.
   *
   * @param clock tells which entries of the history have expired; Firestore deletes them within a
   *     day or so, and shows them until then
   * @param random for ids of entries; may be used by many threads
   */
  public FirestoreLinkStore(
      FirestoreDatabase database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Map<DocumentKey, Versioned<Document>> load(TenantId tenant, Collection<DocumentKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    List<DocumentKey> distinct = keys.stream().distinct().toList();
    List<DocumentSnapshot> stored =
        database.read(
            distinct.size() + " documents of " + tenant,
            firestore ->
                firestore.getAll(
                    distinct.stream()
                        .map(key -> reference(firestore, tenant, key))
                        .toArray(DocumentReference[]::new)));
    Map<DocumentKey, Versioned<Document>> found = new LinkedHashMap<>();
    for (int each = 0; each < distinct.size(); each++) {
      DocumentKey key = distinct.get(each);
      DocumentSnapshot document = stored.get(each);
      found.put(
          key,
          document.exists()
              ? new Versioned<>(
                  documents.read(key.collection(), document), Fields.version(document))
              : Versioned.absent());
    }
    return found;
  }

  @Override
  public boolean commit(TenantId tenant, List<Change> changes, List<HistoryEntry> history) {
    refuseIfMalformed(changes);
    if (changes.isEmpty() && history.isEmpty()) {
      return true;
    }
    return database.commit(
        "%d documents and %d entries of %s".formatted(changes.size(), history.size(), tenant),
        firestore -> batch(firestore, tenant, changes, history));
  }

  private static void refuseIfMalformed(List<Change> changes) {
    if (changes.size() > CHANGES_MAX) {
      throw new IllegalArgumentException(
          "a commit changes at most " + CHANGES_MAX + " documents, came " + changes.size());
    }
    Set<DocumentKey> keys = new HashSet<>();
    for (Change change : changes) {
      if (!keys.add(change.key())) {
        throw new IllegalArgumentException(change.key() + " is changed twice in one commit");
      }
      Document document = change.document();
      if (document != null && !document.key().equals(change.key())) {
        throw new IllegalArgumentException(document.key() + " stored under " + change.key());
      }
      if (document == null && change.expectedVersion() == null) {
        throw new IllegalArgumentException(change.key() + " is deleted without having been read");
      }
    }
  }

  private WriteBatch batch(
      Firestore firestore, TenantId tenant, List<Change> changes, List<HistoryEntry> history) {
    WriteBatch batch = firestore.batch();
    for (Change change : changes) {
      DocumentReference reference = reference(firestore, tenant, change.key());
      Document document = change.document();
      String version = change.expectedVersion();
      if (version == null) {
        if (document != null) {
          batch.create(reference, documents.created(document));
        }
      } else if (document == null) {
        batch.delete(reference, Fields.unchangedSince(version));
      } else {
        batch.update(reference, documents.replaced(document), Fields.unchangedSince(version));
      }
    }
    int position = 0;
    for (LinkDocuments.Happening each : LinkDocuments.happenings(history)) {
      String id = each.id(position++, random.nextLong());
      batch.create(entries(firestore, tenant, each.link()).document(id), documents.created(each));
    }
    return batch;
  }

  /**
   * One query where nothing waits for its time: rows come by urgency, then by time, and what is not
   * due yet is left out here. A full page that ends in such rows is followed by one that begins
   * with the next urgency, so there are never more pages than urgencies beyond what is due.
   */
  @Override
  public List<Versioned<OutboxRow>> dueRows(TenantId tenant, Instant now, int limit) {
    List<Versioned<OutboxRow>> due = new ArrayList<>();
    UnaryOperator<Query> from = rows -> rows;
    boolean more = true;
    while (more && due.size() < limit) {
      List<QueryDocumentSnapshot> page = rowPage(tenant, from, limit);
      OutboxRow last = null;
      for (QueryDocumentSnapshot stored : page) {
        last = documents.read(stored, OutboxRow.class);
        if (!last.dueAt().isAfter(now) && due.size() < limit) {
          due.add(new Versioned<>(last, Fields.version(stored)));
        }
      }
      more = page.size() == limit && last != null;
      if (more && last != null) {
        QueryDocumentSnapshot end = page.getLast();
        int next = last.urgency() + 1;
        from =
            last.dueAt().isAfter(now) ? rows -> rows.startAt(next) : rows -> rows.startAfter(end);
      }
    }
    return due;
  }

  private List<QueryDocumentSnapshot> rowPage(
      TenantId tenant, UnaryOperator<Query> from, int limit) {
    return query(
        "due rows of " + tenant,
        firestore ->
            from.apply(
                    collection(firestore, tenant, DocumentKey.Collection.OUTBOX)
                        .orderBy(LinkDocuments.URGENCY)
                        .orderBy(LinkDocuments.DUE_AT))
                .limit(limit));
  }

  @Override
  public long rows(TenantId tenant) {
    return database
        .read(
            "the number of rows of " + tenant,
            firestore -> collection(firestore, tenant, DocumentKey.Collection.OUTBOX).count().get())
        .getCount();
  }

  @Override
  public @Nullable Instant nextRowDueAt(TenantId tenant) {
    return query(
            "the next due row of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.OUTBOX)
                    .orderBy(LinkDocuments.DUE_AT)
                    .limit(1))
        .stream()
        .map(row -> documents.read(row, OutboxRow.class).dueAt())
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<LinkId> overdue(TenantId tenant, Instant before, int limit) {
    return query(
            "overdue links of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.LINKS)
                    .whereLessThan(LinkDocuments.DUE_AT, Fields.time(before))
                    .orderBy(LinkDocuments.DUE_AT)
                    .select(FieldPath.documentId())
                    .limit(limit))
        .stream()
        .map(link -> new LinkId(link.getId()))
        .toList();
  }

  @Override
  public List<LinkId> backlog(TenantId tenant, Backlog backlog, int limit) {
    return query(
            "the backlog of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.LINKS)
                    .whereEqualTo(LinkDocuments.BACKLOG, backlog.name())
                    .select(FieldPath.documentId())
                    .limit(limit))
        .stream()
        .map(link -> new LinkId(link.getId()))
        .toList();
  }

  @Override
  public List<LinkId> mappedBefore(TenantId tenant, int version, int limit) {
    return query(
            "links of older mappings of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.LINKS)
                    .whereLessThan(LinkDocuments.MAPPED_BY, version)
                    .select(FieldPath.documentId())
                    .limit(limit))
        .stream()
        .map(link -> new LinkId(link.getId()))
        .toList();
  }

  @Override
  public List<Purchase> waitingPurchases(TenantId tenant, Instant before, int limit) {
    return query(
            "waiting purchases of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.PURCHASES)
                    .whereLessThan(LinkDocuments.UNFOUND_SINCE, Fields.time(before))
                    .orderBy(LinkDocuments.UNFOUND_SINCE)
                    .limit(limit))
        .stream()
        .map(purchase -> documents.read(purchase, Purchase.class))
        .toList();
  }

  @Override
  public List<ParkedItem> parked(TenantId tenant, int limit) {
    return query(
            "what is parked of " + tenant,
            firestore ->
                collection(firestore, tenant, DocumentKey.Collection.PARKED)
                    .orderBy(LinkDocuments.PARKED_AT, Direction.DESCENDING)
                    .limit(limit))
        .stream()
        .map(item -> documents.read(item, ParkedItem.class))
        .toList();
  }

  @Override
  public List<HistoryEntry> history(TenantId tenant, LinkId link, int limit) {
    Timestamp expired = Fields.time(clock.instant().minus(LinkDocuments.HISTORY_KEPT));
    return query(
            "the history of " + link,
            firestore ->
                entries(firestore, tenant, link)
                    .whereGreaterThan(LinkDocuments.AT, expired)
                    .orderBy(LinkDocuments.AT, Direction.DESCENDING)
                    .limit(limit))
        .stream()
        .flatMap(stored ->
            documents.read(stored, LinkDocuments.Happening.class).entries().reversed().stream())
        .limit(limit)
        .toList();
  }

  @Override
  public void eraseHistory(TenantId tenant, LinkId link) {
    for (int round = 0; round < ERASE_ROUNDS_MAX; round++) {
      List<QueryDocumentSnapshot> entries =
          query(
              "the history of " + link,
              firestore -> entries(firestore, tenant, link).limit(ERASED_AT_ONCE));
      if (entries.isEmpty()) {
        return;
      }
      entries.stream()
          .flatMap(
              stored -> documents.read(stored, LinkDocuments.Happening.class).entries().stream())
          .map(HistoryEntry::joined)
          .filter(Objects::nonNull)
          .forEach(joined -> eraseHistory(tenant, joined));
      // Contention stores nothing, and the next round finds the same entries.
      boolean _ =
          database.commit(
              "the erasure of the history of " + link,
              firestore -> {
                WriteBatch batch = firestore.batch();
                entries.forEach(entry -> batch.delete(entry.getReference()));
                return batch;
              });
    }
    throw new RetryableFailure(
        Stage.RECORDING, "the history of " + link + " is longer than one erasure; repeat it", null);
  }

  private List<QueryDocumentSnapshot> query(String what, Function<Firestore, Query> query) {
    return database.read(what, firestore -> query.apply(firestore).get()).getDocuments();
  }

  private static CollectionReference collection(
      Firestore firestore, TenantId tenant, DocumentKey.Collection collection) {
    return firestore.document("tenants/" + tenant).collection(collection.path());
  }

  private static DocumentReference reference(
      Firestore firestore, TenantId tenant, DocumentKey key) {
    return collection(firestore, tenant, key.collection()).document(Fields.id(key.id()));
  }

  private static CollectionReference entries(Firestore firestore, TenantId tenant, LinkId link) {
    return firestore.document("tenants/" + tenant + "/history/" + link).collection("entries");
  }
}
