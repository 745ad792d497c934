package dev.twofold.sync.side;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HubSpot: each method makes one call, with no retry of its own. */
public interface HubSpotSide {

  /** The most rows one call may carry. */
  int BATCH_MAX = 100;

  /**
   * The same account, for records of that type; without it, for contacts.
   *
   * @throws IllegalArgumentException for a type that HubSpot does not have, or we do not know
   */
  HubSpotSide of(String type);

  /**
   * One row of a batch.
   *
   * @param ref names the row in this call; a HubSpot {@code objectWriteTraceId}, unique in the call
   * @param record the contact to change; null to make one
   * @param values by property name; blank clears
   * @param mark the customer's id for the property {@code stripe_customer_id}; null to leave it
   * @param sinceFirstAttempt how long ago this row was first sent; zero for the first time
   */
  record Row(
      String ref,
      @Nullable RecordId record,
      Map<String, String> values,
      @Nullable String mark,
      Duration sinceFirstAttempt) {
    public Row {
      values = Map.copyOf(values);
    }
  }

  /**
   * One purchase as a custom event.
   *
   * @param purchase its id; HubSpot takes each id once
   * @param amount in the currency's minor unit
   */
  record PurchaseEvent(
      RecordId contact,
      String purchase,
      long amount,
      String currency,
      @Nullable String customer,
      Instant occurredAt) {}

  /** Makes contacts. A row whose contact exists already is {@link CallResult.Exists}. */
  BatchResult create(TenantId tenant, List<Row> rows, List<String> shown);

  /** Changes contacts. A row whose contact is not there is {@link CallResult.Gone}. */
  BatchResult update(TenantId tenant, List<Row> rows, List<String> shown);

  /** Reads contacts, with our mark. */
  BatchResult read(TenantId tenant, List<RecordId> contacts, List<String> shown);

  /** Finds the contact that holds an address, as its first or a further one, with our mark. */
  CallResult find(TenantId tenant, String email, List<String> shown);

  /** Finds the contact that carries our mark of that customer. */
  CallResult findMarked(TenantId tenant, String customer, List<String> shown);

  /**
   * Sends purchases as custom events; {@link CallResult.Unavailable} as a whole where the account
   * has none.
   */
  BatchResult send(TenantId tenant, List<PurchaseEvent> events);

  /** A page of up to 100 contacts, with our mark. */
  Page list(TenantId tenant, @Nullable String cursor, List<String> shown);

  /** Creates in HubSpot what the sync needs, where it is not there; says what it found or made. */
  List<String> setUp(TenantId tenant);
}
