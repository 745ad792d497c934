package dev.twofold.sync.link;

import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tenant's documents. Every method may throw {@link
 * dev.twofold.sync.failure.RetryableFailure} when the store cannot be reached, and none holds a
 * lock.
 */
public interface LinkStore {

  /** The most documents one {@link #commit} may change, history aside. */
  int CHANGES_MAX = 400;

  /** The documents of those keys as they are now, each key answered, in one round trip. */
  Map<DocumentKey, Versioned<Document>> load(TenantId tenant, Collection<DocumentKey> keys);

  /**
   * Makes all the changes, with the history, or none. False when a document had another version
   * than expected: somebody else was faster, and the caller reads again.
   */
  boolean commit(TenantId tenant, List<Change> changes, List<HistoryEntry> history);

  /** Rows that are due, the most urgent first, among equals the longest due first. */
  List<Versioned<OutboxRow>> dueRows(TenantId tenant, Instant now, int limit);

  /** How many rows wait, due or not. */
  long rows(TenantId tenant);

  /** When the next row falls due; null while the outbox is empty. */
  @Nullable Instant nextRowDueAt(TenantId tenant);

  /** Links with a waiting task that was due before then, the longest due first. */
  List<LinkId> overdue(TenantId tenant, Instant before, int limit);

  /** Links with that backlog, in the order of their ids. */
  List<LinkId> backlog(TenantId tenant, Backlog backlog, int limit);

  /** Links that stand and were last merged with mappings before that version. */
  List<LinkId> mappedBefore(TenantId tenant, int version, int limit);

  /** Purchases nobody has been found for that were made before then. */
  List<Purchase> waitingPurchases(TenantId tenant, Instant before, int limit);

  /** What is parked, newest first. */
  List<ParkedItem> parked(TenantId tenant, int limit);

  /** What happened to a link, newest first. */
  List<HistoryEntry> history(TenantId tenant, LinkId link, int limit);

  /**
   * Forgets everything that happened to a link, and before that what happened to those its history
   * tells were joined into it: done again after it has failed, it forgets the rest.
   */
  void eraseHistory(TenantId tenant, LinkId link);
}
