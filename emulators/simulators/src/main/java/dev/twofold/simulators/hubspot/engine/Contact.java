package dev.twofold.simulators.hubspot.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One contact: its values, their recent history, and what search still believes of it. */
final class Contact {
  /** Versions of one property that are kept. */
  private static final int KEPT_VERSIONS = 20;

  /** A value and who set it when. */
  record Version(String value, Instant at, Author author) {}

  private record Before(Instant changedAt, @Nullable Map<String, String> values) {}

  private final long id;
  private final Instant createdAt;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, ArrayDeque<Version>> history = new LinkedHashMap<>();
  private final ArrayDeque<Before> unindexed = new ArrayDeque<>();
  private final Set<String> otherEmails = new LinkedHashSet<>();
  private final List<Long> mergedIds = new ArrayList<>();
  private Instant updatedAt;
  private @Nullable Instant archivedAt;

  Contact(long id, Instant createdAt) {
    this.id = id;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    unindexed.add(new Before(createdAt, null));
  }

  long id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  @Nullable Instant archivedAt() {
    return archivedAt;
  }

  boolean isArchived() {
    return archivedAt != null;
  }

  Set<String> otherEmails() {
    return otherEmails;
  }

  List<Long> mergedIds() {
    return mergedIds;
  }

  Map<String, String> values() {
    return values;
  }

  /** The value, or empty text where it was never set or was cleared. */
  String value(String property) {
    return values.getOrDefault(property, "");
  }

  List<Version> versions(String property) {
    return List.copyOf(history.getOrDefault(property, new ArrayDeque<>()));
  }

  void touch(Instant now) {
    updatedAt = now;
    values.put("lastmodifieddate", Timestamps.iso(now));
  }

  void set(String property, String value, Instant now, Author author) {
    values.put(property, value);
    ArrayDeque<Version> versions = history.computeIfAbsent(property, _ -> new ArrayDeque<>());
    versions.addFirst(new Version(value, now, author));
    if (versions.size() > KEPT_VERSIONS) {
      versions.removeLast();
    }
  }

  void archive(@Nullable Instant at) {
    archivedAt = at;
  }

  /** To be called before a change, so that search can go on seeing the old values for a while. */
  void rememberForSearch(Instant now, Duration lag) {
    forgetIndexed(now, lag);
    unindexed.add(new Before(now, Map.copyOf(values)));
  }

  private void forgetIndexed(Instant now, Duration lag) {
    while (!unindexed.isEmpty() && !unindexed.getFirst().changedAt().plus(lag).isAfter(now)) {
      unindexed.removeFirst();
    }
  }

  /** The values as the search index has them; null while it has not seen the contact at all. */
  @Nullable Map<String, String> indexed(Instant now, Duration lag) {
    forgetIndexed(now, lag);
    return unindexed.isEmpty() ? values : unindexed.getFirst().values();
  }
}
