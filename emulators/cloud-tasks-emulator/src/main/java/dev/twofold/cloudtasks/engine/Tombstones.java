package dev.twofold.cloudtasks.engine;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Names that were used recently. Bounded: beyond the limit the oldest are forgotten early. */
final class Tombstones {

  private final int most;
  private final Map<String, Instant> refusedUntil = new LinkedHashMap<>();

  Tombstones(int most) {
    this.most = most;
  }

  void add(String id, Instant until, Instant now) {
    if (!until.isAfter(now)) {
      return;
    }
    refusedUntil.remove(id);
    refusedUntil.put(id, until);
    dropOldest(now);
  }

  boolean refuses(String id, Instant now) {
    Instant until = refusedUntil.get(id);
    return until != null && now.isBefore(until);
  }

  int size(Instant now) {
    dropOldest(now);
    return refusedUntil.size();
  }

  void forEach(BiConsumer<String, Instant> each) {
    refusedUntil.forEach(each);
  }

  // The window changes rarely, so the order of arrival is nearly the order of expiry.
  private void dropOldest(Instant now) {
    Iterator<Instant> oldest = refusedUntil.values().iterator();
    while (oldest.hasNext()) {
      Instant until = oldest.next();
      if (now.isBefore(until) && refusedUntil.size() <= most) {
        return;
      }
      oldest.remove();
    }
  }
}
