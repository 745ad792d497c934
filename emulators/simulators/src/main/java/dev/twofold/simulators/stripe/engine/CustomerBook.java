package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** All customers and the events of their changes. Two may have the same address. */
final class CustomerBook {
  private final TreeMap<Long, Customer> bySequence = new TreeMap<>();
  private final Map<String, Customer> byId = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final StripeSettings settings;
  private final EventLog events;
  private final RandomIds ids;
  private long nextSequence = 1;

  CustomerBook(StripeSettings settings, EventLog events, RandomIds ids) {
    this.settings = settings;
    this.events = events;
    this.ids = ids;
  }

  Customer create(ObjectNode parameters, Cause cause, Instant now) {
    String id = ids.token("cus_", 14);
    ObjectNode json = blank(id, now);
    CustomerParameters.apply(parameters, json);
    if (!parameters.has("name")) {
      String stand = json.path("business_name").asString(json.path("individual_name").asString(""));
      if (!stand.isEmpty()) {
        json.put("name", stand);
      }
    }
    Customer customer = new Customer(id, nextSequence++, now, json);
    bySequence.put(customer.sequence(), customer);
    byId.put(id, customer);
    events.add("customer.created", json, null, cause, now);
    return customer;
  }

  private ObjectNode blank(String id, Instant now) {
    ObjectNode json = Json.object().put("id", id).put("object", "customer");
    json.putNull("address").put("balance", 0).put("created", now.getEpochSecond());
    json.putNull("currency").putNull("default_source").put("delinquent", false);
    json.putNull("description").putNull("discount").putNull("email");
    json.put("invoice_prefix", ids.token("", 8).toUpperCase(Locale.ROOT));
    ObjectNode invoices = json.putObject("invoice_settings");
    invoices.putNull("custom_fields").putNull("default_payment_method");
    invoices.putNull("footer").putNull("rendering_options");
    json.put("livemode", false);
    json.putObject("metadata");
    json.putNull("name").put("next_invoice_sequence", 1).putNull("phone");
    json.putArray("preferred_locales");
    return json.putNull("shipping").put("tax_exempt", "none").putNull("test_clock");
  }

  /** A write that changes nothing makes no event. */
  void update(Customer customer, ObjectNode parameters, Cause cause, Instant now) {
    ObjectNode before = customer.json();
    ObjectNode after = before.deepCopy();
    CustomerParameters.apply(parameters, after);
    ObjectNode previous = Differences.previous(before, after);
    if (!previous.isEmpty()) {
      customer.become(after, now, settings.searchLag());
      events.add("customer.updated", after, previous, cause, now);
    }
  }

  /** The event carries the last full snapshot, without any mark of the deletion. */
  void delete(Customer customer, Cause cause, Instant now) {
    byId.remove(customer.id());
    bySequence.remove(customer.sequence());
    deleted.add(customer.id());
    events.add("customer.deleted", customer.json(), null, cause, now);
  }

  Optional<Customer> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean wasDeleted(String id) {
    return deleted.contains(id);
  }

  /** Oldest first. */
  Collection<Customer> all() {
    return bySequence.values();
  }

  NavigableMap<Long, Customer> bySequence() {
    return bySequence;
  }

  Set<String> deletedIds() {
    return deleted;
  }

  void clear() {
    bySequence.clear();
    byId.clear();
    deleted.clear();
  }
}
