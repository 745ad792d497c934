package dev.twofold.sync.side.stripe;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads customers out of Stripe's JSON, which shows every attribute of any version. */
final class CustomerJson {

  private CustomerJson() {}

  static boolean isDeleted(JsonNode customer) {
    return customer.path("deleted").asBoolean(false);
  }

  static boolean isCustomer(JsonNode json) {
    return json.path("object").asString("").equals("customer")
        && !json.path("id").asString("").isEmpty();
  }

  /** The customer's values by their path; blank where Stripe has none. */
  static Snapshot snapshot(JsonNode customer, List<String> shown) {
    Map<String, String> values = new HashMap<>();
    shown.forEach(path -> values.put(path, value(customer, path)));
    return new Snapshot(
        RecordId.customer(customer.path("id").asString()),
        values,
        createdAt(customer),
        value(customer, StripeForm.MARK));
  }

  private static String value(JsonNode customer, String path) {
    JsonNode node = customer;
    for (String part : path.split("\\.", -1)) {
      node = node.path(part);
    }
    return node.isValueNode() && !node.isNull() ? node.asString() : "";
  }

  private static @Nullable Instant createdAt(JsonNode customer) {
    JsonNode created = customer.path("created");
    return created.isIntegralNumber() ? Instant.ofEpochSecond(created.longValue()) : null;
  }
}
