package dev.twofold.sync.reconcile;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One delivery as ingest published it.
 *
 * @param messageId Pub/Sub's id of the message; names what is parked of it
 * @param tenant null where the delivery's URL named none; it is then found by the account's id
 * @param body the provider's own JSON
 * @param trace the {@code traceparent} of its message; null for none
 */
public record Delivery(
    String messageId,
    Side from,
    @Nullable TenantId tenant,
    Instant receivedAt,
    String body,
    @Nullable String trace) {

  /** One that belongs to no trace. */
  public Delivery(
      String messageId, Side from, @Nullable TenantId tenant, Instant receivedAt, String body) {
    this(messageId, from, tenant, receivedAt, body, null);
  }

  @Override
  public String toString() {
    return "Delivery[" + messageId + ", " + from + ", " + body.length() + " characters]";
  }
}
