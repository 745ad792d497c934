package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first outcome of every idempotency key, for as long as keys live. A key whose first call is
 * still on its way refuses a second one; a key used with other parameters refuses for good.
 */
final class IdempotencyStore {
  private record Entry(
      String fingerprint, Instant firstUsedAt, Instant busyUntil, @Nullable ApiResponse outcome) {}

  private final Duration lifetime;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
  private long replays;

  IdempotencyStore(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** The stored outcome to replay; empty where the call is the first. Refusals are thrown. */
  Optional<ApiResponse> lookUp(String key, String fingerprint, Instant now) {
    expire(now);
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (!entry.fingerprint().equals(fingerprint)) {
      throw StripeRefusal.otherParameters(key);
    }
    if (now.isBefore(entry.busyUntil())) {
      throw StripeRefusal.keyInUse(key);
    }
    if (entry.outcome() != null) {
      replays++;
    }
    return Optional.ofNullable(entry.outcome());
  }

  private void expire(Instant now) {
    var oldest = entries.values().iterator();
    while (oldest.hasNext() && !oldest.next().firstUsedAt().plus(lifetime).isAfter(now)) {
      oldest.remove();
    }
  }

  /** Remembers the outcome; null where nothing had begun, so that the key stays free. */
  void remember(
      String key,
      String fingerprint,
      @Nullable ApiResponse outcome,
      Instant now,
      Duration onItsWay) {
    entries.remove(key);
    if (outcome != null || !onItsWay.isZero()) {
      entries.put(key, new Entry(fingerprint, now, now.plus(onItsWay), outcome));
    }
  }

  int size() {
    return entries.size();
  }

  long replays() {
    return replays;
  }

  void clear() {
    entries.clear();
    replays = 0;
  }
}
