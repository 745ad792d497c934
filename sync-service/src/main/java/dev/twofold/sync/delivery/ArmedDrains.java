package dev.twofold.sync.delivery;

import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The successors that drains have armed and that have not ended, at most so many of a tenant: an
 * outage must not breed them. One of which nothing is heard for an hour counts no more, because its
 * task may have been purged; otherwise lost ones would in time keep new ones from being armed.
 */
final class ArmedDrains {

  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final int max;
  private final ConcurrentMap<TenantId, Map<String, Instant>> armed = new ConcurrentHashMap<>();

  ArmedDrains(int max) {
    this.max = max;
  }

  /** Whether one more may be armed under that name; it counts from now on if so. */
  boolean add(TenantId tenant, String name, Instant now) {
    Map<String, Instant> drains = armed.computeIfAbsent(tenant, any -> new HashMap<>());
    synchronized (drains) {
      if (drains.size() >= max) {
        drains.values().removeIf(since -> since.plus(FORGOTTEN_AFTER).isBefore(now));
      }
      return drains.size() < max && drains.putIfAbsent(name, now) == null;
    }
  }

  /** It has ended, or was never created. */
  void remove(TenantId tenant, String name) {
    Map<String, Instant> drains = armed.get(tenant);
    if (drains != null) {
      synchronized (drains) {
        drains.remove(name);
      }
    }
  }
}
