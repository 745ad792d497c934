package dev.twofold.sync.reconcile;

import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Stripe's events from their JSON, because the library's own objects are bound to one API
 * version. Types are matched exactly: much that begins with {@code customer.} is no customer.
 *
 * @see <a href="https://docs.stripe.com/api/events/object">Stripe events</a>
 */
final class StripeNotices {

  /** What every idempotency key of ours begins with; events that carry one are our own doing. */
  static final String OWN_KEY_PREFIX = "twofold-";

  static final String MARK = "hubspot_contact_id";

  private final JsonMapper json;

  StripeNotices(JsonMapper json) {
    this.json = json;
  }

  /** What the event says; nothing where it follows from a write of ours or is of no concern. */
  Parsed parse(Delivery delivery, TenantId tenant, Mappings mappings) {
    JsonNode event;
    try {
      event = json.readTree(delivery.body());
    } catch (JacksonException notJson) {
      return new Parsed(Map.of(), List.of("the delivery is not JSON"), 0);
    }
    try {
      ChangeNotice notice = notice(event, mappings);
      return notice == null
          ? new Parsed(Map.of(), List.of(), 1)
          : new Parsed(Map.of(tenant, List.of(notice)), List.of(), 0);
    } catch (IllegalArgumentException | java.time.DateTimeException bad) {
      return new Parsed(Map.of(), List.of(String.valueOf(bad.getMessage())), 0);
    }
  }

  private static @Nullable ChangeNotice notice(JsonNode event, Mappings mappings) {
    String key = text(event.path("request").path("idempotency_key"));
    String type = text(event.path("type"));
    if (type == null) {
      throw new IllegalArgumentException("expected an event to have a type");
    }
    boolean purchase = type.equals("payment_intent.succeeded") || type.equals("charge.succeeded");
    if (!purchase && key != null && key.startsWith(OWN_KEY_PREFIX)) {
      return null;
    }
    JsonNode object = event.path("data").path("object");
    Lane lane = lane(event, key);
    return switch (type) {
      case "customer.created" -> created(event, object, lane, mappings);
      case "customer.updated" -> updated(event, object, lane, mappings);
      case "customer.deleted" ->
          new ChangeNotice.Deleted(customer(object, mappings), at(event), lane, false);
      case "payment_intent.succeeded" -> purchased(event, object, "amount_received");
      case "charge.succeeded" ->
          object.path("payment_intent").isNull() && object.path("captured").asBoolean(true)
              ? purchased(event, object, "amount")
              : null;
      default -> null;
    };
  }

  /** A Dashboard edit is a request without a key; what an API client does has one. */
  private static Lane lane(JsonNode event, @Nullable String key) {
    boolean person = key == null && text(event.path("request").path("id")) != null;
    return person ? Lane.EXPRESS : Lane.BULK;
  }

  private static ChangeNotice created(
      JsonNode event, JsonNode object, Lane lane, Mappings mappings) {
    Map<String, String> values = new HashMap<>();
    object.properties().forEach(each -> collect(each.getKey(), each.getValue(), values));
    String mark = text(object.path("metadata").path(MARK));
    return new ChangeNotice.Created(
        customer(object, mappings), at(event), lane, values, mark == null ? "" : mark);
  }

  private static @Nullable ChangeNotice updated(
      JsonNode event, JsonNode object, Lane lane, Mappings mappings) {
    JsonNode previous = event.path("data").path("previous_attributes");
    Map<String, String> values = new HashMap<>();
    previous
        .properties()
        .forEach(each -> moved(each.getKey(), each.getValue(), object.path(each.getKey()), values));
    return values.isEmpty()
        ? null
        : new ChangeNotice.Changed(customer(object, mappings), at(event), lane, values);
  }

  /** What has changed at that path: a hash tells its members, or stands in as a whole. */
  private static void moved(
      String path, JsonNode previous, JsonNode current, Map<String, String> values) {
    if (previous.isObject()) {
      previous
          .properties()
          .forEach(each ->
              moved(
                  path + "." + each.getKey(),
                  each.getValue(),
                  current.path(each.getKey()),
                  values));
    } else {
      collect(path, current, values);
    }
  }

  /**
   * Every value at or below that path to which a field can be mapped. Which are mapped is asked
   * when the notice is taken in: this process may not have heard of the latest mappings yet.
   */
  private static void collect(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(each -> collect(path + "." + each.getKey(), each.getValue(), values));
    } else if (FieldMapping.isStripePath(path)) {
      String text = text(node);
      values.put(path, text == null ? "" : text);
    }
  }

  private static ChangeNotice purchased(JsonNode event, JsonNode object, String amountField) {
    String id = required(object.path("id"), "a purchase's id");
    String customer = text(object.path("customer"));
    JsonNode amount = object.path(amountField);
    if (!amount.isIntegralNumber()) {
      throw new IllegalArgumentException("expected " + amountField + " to be a whole number");
    }
    String email = text(object.path("receipt_email"));
    return new ChangeNotice.Purchased(
        RecordId.customer(customer == null ? "guest_" + id : customer),
        at(event),
        Lane.EXPRESS,
        id,
        amount.asLong(),
        required(object.path("currency"), "a purchase's currency"),
        customer == null,
        email != null ? email : text(object.path("billing_details").path("email")));
  }

  private static RecordId customer(JsonNode object, Mappings mappings) {
    return new RecordId(
        Side.STRIPE, mappings.stripeType(), required(object.path("id"), "a customer's id"));
  }

  private static Instant at(JsonNode event) {
    JsonNode created = event.path("created");
    if (!created.isIntegralNumber()) {
      throw new IllegalArgumentException("expected created to be seconds since 1970");
    }
    return Instant.ofEpochSecond(created.asLong());
  }

  private static String required(JsonNode node, String what) {
    String text = text(node);
    if (text == null) {
      throw new IllegalArgumentException("expected " + what + " to be there");
    }
    return text;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() || node.isNull() || node.isContainer() ? null : node.asString();
  }
}
