package dev.twofold.sync.side;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stripe: each method makes one call, with no retry of its own. */
public interface StripeSide {

  /**
   * A write.
   *
   * @param key the idempotency key; the same key always comes with the same values and mark
   * @param values by Stripe path, such as {@code name} or {@code metadata.hubspot_owner}; blank
   *     clears
   * @param mark the contact's id for {@code metadata.hubspot_contact_id}; null to leave it
   * @param shown the Stripe paths whose values the result shall show
   * @param sinceFirstAttempt how long ago this write was first sent; zero for the first time
   */
  record Write(
      String key,
      Map<String, String> values,
      @Nullable String mark,
      List<String> shown,
      Duration sinceFirstAttempt) {

    public Write {
      values = Collections.unmodifiableMap(new TreeMap<>(values));
      shown = List.copyOf(shown);
    }
  }

  /** Makes a customer. */
  CallResult create(TenantId tenant, Write write);

  /** Changes a customer. */
  CallResult update(TenantId tenant, RecordId customer, Write write);

  /** Reads a customer. */
  CallResult read(TenantId tenant, RecordId customer, List<String> shown);

  /** The newest customers with exactly that address, or the newest of all where it is null. */
  Page find(TenantId tenant, @Nullable String email, List<String> shown);

  /** A page of up to 100 customers, newest first. */
  Page list(TenantId tenant, @Nullable String cursor, List<String> shown);
}
