package dev.twofold.sync.link;

import dev.twofold.sync.record.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents read once, changed in memory and committed by connected sets. Work is done in units;
 * two units that touched the same document are committed together or not at all, units that did not
 * stand or fall alone. For one thread, and one commit.
 */
public final class Workspace {

  private final LinkStore store;
  private final TenantId tenant;
  private final Map<DocumentKey, Versioned<Document>> loaded = new HashMap<>();
  private final Map<DocumentKey, @Nullable Document> changed = new TreeMap<>();
  private final Map<DocumentKey, Integer> touchedBy = new HashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private final Map<Integer, List<HistoryEntry>> history = new HashMap<>();
  private final Map<DocumentKey, Before> before = new HashMap<>();
  private int unit = -1;

  public Workspace(LinkStore store, TenantId tenant) {
    this.store = store;
    this.tenant = tenant;
  }

  /** Begins a unit; its number is one more than the last one's, from zero. */
  public int begin() {
    unit = parents.size();
    parents.add(unit);
    before.clear();
    return unit;
  }

  /** Takes back what the running unit has changed so far; the others stay as they are. */
  public void abandon() {
    before.forEach((key, was) -> {
      if (was.changed()) {
        changed.put(key, was.document());
      } else {
        changed.remove(key);
      }
    });
    before.clear();
    history.remove(unit);
  }

  /** Reads documents that will be needed, in one round trip; touches none. */
  public void prefetch(Collection<DocumentKey> keys) {
    Set<DocumentKey> missing = new LinkedHashSet<>(keys);
    missing.removeAll(loaded.keySet());
    if (!missing.isEmpty()) {
      loaded.putAll(store.load(tenant, missing));
    }
  }

  /**
   * There is no such document, because its id has just been made up or belongs to what is committed
   * together with it: it need not be looked for. Should there be one all the same, the commit fails
   * as a lost race does.
   */
  public void assumeAbsent(DocumentKey key) {
    loaded.putIfAbsent(key, Versioned.absent());
  }

  /** The document as prefetched; touches nothing, and answers null where it was not prefetched. */
  public @Nullable Document peek(DocumentKey key) {
    Versioned<Document> version = loaded.get(key);
    return version == null ? null : version.document();
  }

  /** The document as this workspace has it; null where there is none. */
  public <D extends Document> @Nullable D get(DocumentKey key, Class<D> type) {
    touch(key);
    if (changed.containsKey(key)) {
      return type.cast(changed.get(key));
    }
    prefetch(List.of(key));
    return type.cast(peek(key));
  }

  /** Changes a document; also when it stays equal, which makes others who decide on it collide. */
  public void put(Document document) {
    touch(document.key());
    prefetch(List.of(document.key()));
    remember(document.key());
    changed.put(document.key(), document);
  }

  /** Deletes a document, if it is there. */
  public void remove(DocumentKey key) {
    touch(key);
    prefetch(List.of(key));
    remember(key);
    if (peek(key) == null) {
      changed.remove(key);
    } else {
      changed.put(key, null);
    }
  }

  private void remember(DocumentKey key) {
    before.putIfAbsent(key, new Before(changed.containsKey(key), changed.get(key)));
  }

  /** Adds to the history that is committed with the running unit. */
  public void tell(HistoryEntry entry) {
    history.computeIfAbsent(unit, any -> new ArrayList<>()).add(entry);
  }

  /**
   * Commits everything.
   *
   * @return the units whose commit lost a race; none of what they changed has been stored
   */
  public Set<Integer> commit() {
    Map<Integer, Commit> commits = new LinkedHashMap<>();
    changed.forEach((key, document) ->
        commits
            .computeIfAbsent(root(touchedBy.getOrDefault(key, 0)), Commit::new)
            .changes
            .add(new Change(key, document, version(key))));
    history.forEach(
        (of, entries) -> commits.computeIfAbsent(root(of), Commit::new).history.addAll(entries));
    Set<Integer> lostRoots = new HashSet<>();
    List<Commit> together = new ArrayList<>();
    int size = 0;
    for (Commit commit : commits.values()) {
      if (size + commit.changes.size() > LinkStore.CHANGES_MAX && !together.isEmpty()) {
        commit(together, lostRoots);
        together.clear();
        size = 0;
      }
      together.add(commit);
      size += commit.changes.size();
    }
    commit(together, lostRoots);
    Set<Integer> lost = new HashSet<>();
    for (int each = 0; each < parents.size(); each++) {
      if (lostRoots.contains(root(each))) {
        lost.add(each);
      }
    }
    return lost;
  }

  private void commit(List<Commit> together, Set<Integer> lostRoots) {
    if (together.isEmpty()) {
      return;
    }
    List<Change> changes = together.stream().flatMap(each -> each.changes.stream()).toList();
    List<HistoryEntry> entries = together.stream().flatMap(each -> each.history.stream()).toList();
    if (store.commit(tenant, changes, entries)) {
      return;
    }
    if (together.size() == 1) {
      lostRoots.add(together.getFirst().root);
      return;
    }
    commitWithoutLosers(together, changes, lostRoots);
  }

  /**
   * Somebody else was faster with some document. Looking which costs one read, where a commit for
   * each would cost as many as there are; all of them would wait for the one that lost.
   */
  private void commitWithoutLosers(
      List<Commit> together, List<Change> changes, Set<Integer> lostRoots) {
    Map<DocumentKey, Versioned<Document>> now =
        store.load(tenant, changes.stream().map(Change::key).toList());
    List<Commit> standing = new ArrayList<>();
    List<Commit> losers = new ArrayList<>();
    for (Commit commit : together) {
      (commit.stands(now) ? standing : losers).add(commit);
    }
    if (losers.isEmpty()) {
      // Somebody was at it and has stored nothing.
      int half = standing.size() / 2;
      commit(standing.subList(0, half), lostRoots);
      commit(standing.subList(half, standing.size()), lostRoots);
      return;
    }
    losers.forEach(loser -> lostRoots.add(loser.root));
    commit(standing, lostRoots);
  }

  private @Nullable String version(DocumentKey key) {
    Versioned<Document> version = loaded.get(key);
    return version == null ? null : version.version();
  }

  private void touch(DocumentKey key) {
    if (unit < 0) {
      throw new IllegalStateException("expected a unit to have begun before " + key);
    }
    Integer other = touchedBy.putIfAbsent(key, unit);
    if (other != null) {
      parents.set(root(unit), root(other));
    }
  }

  private int root(int of) {
    int each = of;
    while (parents.get(each) != each) {
      parents.set(each, parents.get(parents.get(each)));
      each = parents.get(each);
    }
    return each;
  }

  /** What was to become of a document before the running unit changed it. */
  private record Before(boolean changed, @Nullable Document document) {}

  /** What is committed at once. */
  private static final class Commit {
    private final int root;
    private final List<Change> changes = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    private Commit(int root) {
      this.root = root;
    }

    /** Whether every document still has the version that was read. */
    private boolean stands(Map<DocumentKey, Versioned<Document>> now) {
      return changes.stream()
          .allMatch(change -> {
            Versioned<Document> found = now.get(change.key());
            return found != null && Objects.equals(found.version(), change.expectedVersion());
          });
    }
  }
}
