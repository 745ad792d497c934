package dev.twofold.sync.link;

import dev.twofold.sync.link.DocumentKey.Collection;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The link store in memory: it keeps the contract of {@link LinkStore} to the letter, may be used
 * from many threads, and given the same calls answers the same, versions included.
 */
public final class InMemoryLinkStore implements LinkStore {

  private static final Comparator<OutboxRow> LONGEST_DUE =
      Comparator.comparing(OutboxRow::dueAt).thenComparing(OutboxRow::key);

  private final Map<TenantId, Shelf> shelves = new HashMap<>();
  private long lastVersion;

  @Override
  public synchronized Map<DocumentKey, Versioned<Document>> load(
      TenantId tenant, java.util.Collection<DocumentKey> keys) {
    Shelf shelf = shelf(tenant);
    Map<DocumentKey, Versioned<Document>> found = new LinkedHashMap<>();
    for (DocumentKey key : keys) {
      found.put(key, shelf.find(key));
    }
    return found;
  }

  @Override
  public synchronized boolean commit(
      TenantId tenant, List<Change> changes, List<HistoryEntry> history) {
    refuseIfMalformed(changes);
    Shelf shelf = shelf(tenant);
    for (Change change : changes) {
      if (!Objects.equals(shelf.find(change.key()).version(), change.expectedVersion())) {
        return false;
      }
    }
    for (Change change : changes) {
      shelf.put(change.key(), change.document(), ++lastVersion);
    }
    for (HistoryEntry entry : history) {
      shelf.history.computeIfAbsent(entry.link(), link -> new ArrayList<>()).add(entry);
      shelf.happened.computeIfAbsent(entry.link(), link -> new TreeSet<>()).add(entry.what());
    }
    return true;
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

  @Override
  public synchronized List<Versioned<OutboxRow>> dueRows(TenantId tenant, Instant now, int limit) {
    return shelf(tenant)
        .all(Collection.OUTBOX, OutboxRow.class)
        .filter(row -> !row.dueAt().isAfter(now))
        .sorted(Comparator.comparingInt(OutboxRow::urgency).thenComparing(LONGEST_DUE))
        .limit(limit)
        .map(row -> new Versioned<>(row, shelf(tenant).find(row.key()).version()))
        .toList();
  }

  @Override
  public synchronized long rows(TenantId tenant) {
    return shelf(tenant).all(Collection.OUTBOX, OutboxRow.class).count();
  }

  @Override
  public synchronized @Nullable Instant nextRowDueAt(TenantId tenant) {
    return shelf(tenant)
        .all(Collection.OUTBOX, OutboxRow.class)
        .map(OutboxRow::dueAt)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public synchronized List<LinkId> overdue(TenantId tenant, Instant before, int limit) {
    record Due(Instant at, LinkId link) {}
    return shelf(tenant)
        .all(Collection.LINKS, Link.class)
        .flatMap(link -> {
          Instant dueAt = link.dueAt();
          return dueAt == null ? Stream.<Due>empty() : Stream.of(new Due(dueAt, link.id()));
        })
        .filter(due -> due.at().isBefore(before))
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::link))
        .limit(limit)
        .map(Due::link)
        .toList();
  }

  @Override
  public synchronized List<LinkId> backlog(TenantId tenant, Backlog backlog, int limit) {
    return shelf(tenant)
        .all(Collection.LINKS, Link.class)
        .filter(link -> link.backlog() == backlog)
        .map(Link::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<LinkId> mappedBefore(TenantId tenant, int version, int limit) {
    return shelf(tenant)
        .all(Collection.LINKS, Link.class)
        .filter(link -> link.joinedInto() == null && link.mappingVersion() < version)
        .map(Link::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Purchase> waitingPurchases(TenantId tenant, Instant before, int limit) {
    return shelf(tenant)
        .all(Collection.PURCHASES, Purchase.class)
        .filter(purchase -> purchase.state() == Purchase.State.WAITING && purchase.link() == null)
        .filter(purchase -> purchase.occurredAt().isBefore(before))
        .sorted(Comparator.comparing(Purchase::occurredAt).thenComparing(Purchase::key))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<ParkedItem> parked(TenantId tenant, int limit) {
    return shelf(tenant)
        .all(Collection.PARKED, ParkedItem.class)
        .sorted(
            Comparator.comparing(ParkedItem::parkedAt).thenComparing(ParkedItem::key).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<HistoryEntry> history(TenantId tenant, LinkId link, int limit) {
    List<HistoryEntry> oldestFirst =
        shelf(tenant).history.getOrDefault(link, List.of()).stream()
            .sorted(Comparator.comparing(HistoryEntry::at))
            .toList();
    return oldestFirst.reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized void eraseHistory(TenantId tenant, LinkId link) {
    List<HistoryEntry> erased = shelf(tenant).history.remove(link);
    if (erased != null) {
      erased.stream()
          .map(HistoryEntry::joined)
          .filter(Objects::nonNull)
          .forEach(joined -> eraseHistory(tenant, joined));
    }
  }

  /** Every document of that tenant, by key: what a test looks at in the end. */
  public synchronized Map<DocumentKey, Document> documents(TenantId tenant) {
    Map<DocumentKey, Document> all = new TreeMap<>();
    shelf(tenant)
        .documents
        .values()
        .forEach(stored -> stored.forEach((key, found) -> all.put(key, found.document())));
    return all;
  }

  /**
   * What has ever happened to a link, in a word each, its history erased or not: what a test looks
   * at in the end.
   */
  public synchronized Set<String> happened(TenantId tenant, LinkId link) {
    return Set.copyOf(shelf(tenant).happened.getOrDefault(link, Set.of()));
  }

  private Shelf shelf(TenantId tenant) {
    return shelves.computeIfAbsent(tenant, id -> new Shelf());
  }

  private record Stored(Document document, String version) {}

  /** One tenant's documents, each collection in the order of its ids. */
  private static final class Shelf {

    private final Map<Collection, SortedMap<DocumentKey, Stored>> documents =
        new EnumMap<>(Collection.class);
    private final Map<LinkId, List<HistoryEntry>> history = new HashMap<>();
    private final Map<LinkId, Set<String>> happened = new HashMap<>();

    private SortedMap<DocumentKey, Stored> collection(Collection collection) {
      return documents.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    Versioned<Document> find(DocumentKey key) {
      Stored stored = collection(key.collection()).get(key);
      return stored == null
          ? Versioned.absent()
          : new Versioned<>(stored.document(), stored.version());
    }

    void put(DocumentKey key, @Nullable Document document, long version) {
      if (document == null) {
        collection(key.collection()).remove(key);
      } else {
        collection(key.collection()).put(key, new Stored(document, Long.toString(version)));
      }
    }

    <D extends Document> Stream<D> all(Collection collection, Class<D> type) {
      return collection(collection).values().stream()
          .map(Stored::document)
          .filter(type::isInstance)
          .map(type::cast);
    }
  }
}
