package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Payments as far as their events show them: a PaymentIntent and its charge, or a charge alone. */
final class PaymentBook {
  private final TreeMap<Long, ObjectNode> intents = new TreeMap<>();
  private final Map<String, Long> sequences = new LinkedHashMap<>();
  private final SequencedMap<String, ObjectNode> charges = new LinkedHashMap<>();
  private final EventLog events;
  private final RandomIds ids;
  private long nextSequence = 1;

  PaymentBook(EventLog events, RandomIds ids) {
    this.events = events;
    this.ids = ids;
  }

  /** Makes the payment and its events; answers the id that names the purchase. */
  String pay(Purchase purchase, Instant now) {
    ObjectNode intent = intent(purchase, now);
    String intentId = purchase.kind() == Purchase.Kind.CHARGE_ONLY ? "" : text(intent, "id");
    boolean captured = purchase.kind() != Purchase.Kind.AUTHORISATION;
    ObjectNode charge = charge(purchase, intentId, captured, now);
    charges.put(text(charge, "id"), charge);
    if (intentId.isEmpty()) {
      events.add("charge.succeeded", charge, null, Cause.automatic(), now);
      return text(charge, "id");
    }
    intent.put("latest_charge", text(charge, "id"));
    store(intent);
    events.add("payment_intent.created", created(intent), null, Cause.automatic(), now);
    events.add("charge.succeeded", charge, null, Cause.automatic(), now);
    if (captured) {
      events.add("payment_intent.succeeded", intent, null, Cause.automatic(), now);
    }
    return intentId;
  }

  private static String text(ObjectNode json, String name) {
    return json.path(name).asString();
  }

  /** As it was before it was paid. */
  private static ObjectNode created(ObjectNode paid) {
    ObjectNode created = paid.deepCopy();
    created.put("amount_received", 0).putNull("latest_charge");
    return created.put("status", "requires_payment_method");
  }

  private ObjectNode intent(Purchase purchase, Instant now) {
    boolean captured = purchase.kind() != Purchase.Kind.AUTHORISATION;
    ObjectNode json = Json.object().put("id", ids.token("pi_3", 23));
    json.put("object", "payment_intent").put("amount", purchase.amount());
    json.put("amount_capturable", captured ? 0 : purchase.amount());
    json.put("amount_received", captured ? purchase.amount() : 0);
    json.putNull("canceled_at").put("capture_method", captured ? "automatic" : "manual");
    json.put("created", now.getEpochSecond()).put("currency", purchase.currency());
    json.put("customer", purchase.customer()).put("description", purchase.description());
    json.putNull("latest_charge").put("livemode", false);
    json.putObject("metadata");
    json.put("receipt_email", purchase.receiptEmail());
    return json.put("status", captured ? "succeeded" : "requires_capture");
  }

  private ObjectNode charge(Purchase purchase, String intentId, boolean captured, Instant now) {
    ObjectNode json = Json.object().put("id", ids.token("ch_3", 23)).put("object", "charge");
    json.put("amount", purchase.amount());
    json.put("amount_captured", captured ? purchase.amount() : 0).put("amount_refunded", 0);
    ObjectNode billing = json.putObject("billing_details");
    billing.putNull("address").put("email", purchase.receiptEmail());
    billing.put("name", purchase.name()).putNull("phone");
    json.put("captured", captured).put("created", now.getEpochSecond());
    json.put("currency", purchase.currency()).put("customer", purchase.customer());
    json.put("description", purchase.description()).put("livemode", false);
    json.putObject("metadata");
    json.put("paid", true).put("payment_intent", intentId.isEmpty() ? null : intentId);
    json.put("receipt_email", purchase.receiptEmail()).put("refunded", false);
    return json.put("status", "succeeded");
  }

  private void store(ObjectNode intent) {
    sequences.put(text(intent, "id"), nextSequence);
    intents.put(nextSequence++, intent);
  }

  Optional<ObjectNode> intent(String id) {
    return Optional.ofNullable(sequences.get(id)).map(intents::get);
  }

  Optional<ObjectNode> charge(String id) {
    return Optional.ofNullable(charges.get(id));
  }

  Optional<Long> sequence(String id) {
    return Optional.ofNullable(sequences.get(id));
  }

  NavigableMap<Long, ObjectNode> intents() {
    return intents;
  }

  /** Of every kind, oldest first. */
  SequencedMap<String, ObjectNode> charges() {
    return charges;
  }

  void clear() {
    intents.clear();
    sequences.clear();
    charges.clear();
  }
}
