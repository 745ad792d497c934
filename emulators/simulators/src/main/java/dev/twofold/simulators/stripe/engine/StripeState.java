package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the account holds, read without a call and without counting as one. */
public final class StripeState {
  /** One event with its fate. */
  public record EventView(String id, String type, Instant createdAt, boolean delivered) {}

  private final CustomerBook customers;
  private final PaymentBook payments;
  private final EventLog events;
  private final IdempotencyStore idempotency;

  StripeState(
      CustomerBook customers, PaymentBook payments, EventLog events, IdempotencyStore idempotency) {
    this.customers = customers;
    this.payments = payments;
    this.events = events;
    this.idempotency = idempotency;
  }

  /** Copies of all live customers as the API shows them, oldest first. */
  public List<ObjectNode> customers() {
    return customers.all().stream().map(customer -> customer.json().deepCopy()).toList();
  }

  public List<ObjectNode> newestCustomers(int count) {
    return customers.bySequence().descendingMap().values().stream()
        .limit(count)
        .map(customer -> customer.json().deepCopy())
        .toList();
  }

  public int customerCount() {
    return customers.all().size();
  }

  public Optional<ObjectNode> customer(String id) {
    return customers.find(id).map(customer -> customer.json().deepCopy());
  }

  /** By exact address, case included: there may be several. */
  public List<ObjectNode> customersByEmail(String email) {
    return customers().stream()
        .filter(customer -> customer.path("email").asString("").equals(email))
        .toList();
  }

  public Set<String> deletedCustomers() {
    return Set.copyOf(customers.deletedIds());
  }

  /** Every charge, oldest first. */
  public List<ObjectNode> charges() {
    return payments.charges().values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** The newest charges, newest first, without a look at the others. */
  public List<ObjectNode> newestCharges(int count) {
    return payments.charges().sequencedValues().reversed().stream()
        .limit(count)
        .map(ObjectNode::deepCopy)
        .toList();
  }

  /** Oldest first. */
  public List<EventView> events() {
    return events.all().stream()
        .map(event ->
            new EventView(event.id(), event.type(), event.createdAt(), events.wasDelivered(event)))
        .toList();
  }

  public int idempotencyKeys() {
    return idempotency.size();
  }

  /** How often a stored outcome was answered instead of a new one. */
  public long replays() {
    return idempotency.replays();
  }

  /** Every kept event with the moment it happened, to the millisecond, oldest first. */
  public ObjectNode changes() {
    ObjectNode json = Json.object();
    ArrayNode changes = json.putArray("changes");
    for (EventLog.Stored event : events.all()) {
      changes
          .addObject()
          .put("at", event.createdAt().toEpochMilli())
          .set("event", events.json(event));
    }
    return json;
  }

  /** Customers, purchases and deleted ids as JSON, as the control API shows them. */
  public ObjectNode json() {
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("customers");
    customers().forEach(all::add);
    ArrayNode gone = json.putArray("deletedCustomers");
    deletedCustomers().stream().sorted().forEach(gone::add);
    ArrayNode bought = json.putArray("charges");
    charges().forEach(bought::add);
    json.put("events", events.bySequence().size());
    return json.put("replays", replays());
  }
}
