package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which parameters customers take, and what each does to the stored customer. */
final class CustomerParameters {
  private static final Map<String, Integer> TEXTS =
      Map.of(
          "name",
          256,
          "phone",
          20,
          "description",
          350,
          "business_name",
          150,
          "individual_name",
          150,
          "invoice_prefix",
          12);
  private static final Set<String> TAKEN_UNSTORED =
      Set.of(
          "expand",
          "payment_method",
          "source",
          "validate",
          "tax_id_data",
          "cash_balance",
          "coupon",
          "promotion_code",
          "default_source",
          "tax");
  private static final Set<String> ADDRESS =
      Set.of("city", "country", "line1", "line2", "postal_code", "state");
  private static final Set<String> SHIPPING = Set.of("address", "name", "phone");
  private static final Set<String> INVOICES =
      Set.of("custom_fields", "default_payment_method", "footer", "rendering_options");
  private static final Set<String> EXEMPTIONS = Set.of("none", "exempt", "reverse", "");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");
  private static final int LONGEST_EMAIL = 512;

  private CustomerParameters() {}

  /** Applies all parameters to the customer, or refuses the first that is wrong. */
  static void apply(ObjectNode parameters, ObjectNode customer) {
    for (String name : parameters.propertyNames()) {
      apply(name, parameters.path(name), customer);
    }
  }

  private static void apply(String name, JsonNode value, ObjectNode customer) {
    Integer longest = TEXTS.get(name);
    if (longest != null) {
      customer.set(name, text(name, value, longest));
      return;
    }
    switch (name) {
      case "email" -> customer.set(name, email(value));
      case "metadata" -> Metadata.apply(value, customer);
      case "address" -> hash(name, value, customer, ADDRESS);
      case "shipping" -> shipping(value, customer);
      case "invoice_settings" -> hash(name, value, customer, INVOICES);
      case "preferred_locales" -> customer.set(name, locales(value));
      case "balance", "next_invoice_sequence" -> customer.put(name, integer(name, value));
      case "tax_exempt" -> {
        if (!EXEMPTIONS.contains(value.asString("?"))) {
          throw StripeRefusal.invalid(
              null, name, "Invalid tax_exempt: must be one of exempt, none, or reverse");
        }
        customer.put(name, value.asString().isEmpty() ? "none" : value.asString());
      }
      case "test_clock" -> customer.set(name, text(name, value, 255));
      default -> {
        if (!TAKEN_UNSTORED.contains(name)) {
          throw StripeRefusal.unknownParameter(name);
        }
      }
    }
  }

  private static JsonNode text(String name, JsonNode value, int longest) {
    if (!value.isString()) {
      throw StripeRefusal.invalid(null, name, "Invalid string: " + Json.text(value));
    }
    String text = value.stringValue();
    if (text.codePointCount(0, text.length()) > longest) {
      throw StripeRefusal.invalid(
          null,
          name,
          "Invalid string: "
              + text.substring(0, Math.min(20, text.length()))
              + "..."
              + "; must be at most "
              + longest
              + " characters");
    }
    return nullable(text);
  }

  /** An empty text is never stored. */
  private static JsonNode nullable(String text) {
    ObjectNode holder = Json.object();
    return (text.isEmpty() ? holder.putNull("v") : holder.put("v", text)).path("v");
  }

  private static JsonNode email(JsonNode value) {
    String text = value.isString() ? value.stringValue() : "";
    if (!text.isEmpty() && (!EMAIL.matcher(text).matches() || text.length() > LONGEST_EMAIL)) {
      throw StripeRefusal.invalid("email_invalid", "email", "Invalid email address: " + text);
    }
    return nullable(text);
  }

  private static long integer(String name, JsonNode value) {
    String text = value.asString("");
    if (!text.matches("-?\\d{1,15}")) {
      throw StripeRefusal.invalid("parameter_invalid_integer", name, "Invalid integer: " + text);
    }
    return Long.parseLong(text);
  }

  /** Given keys change, others stay; the whole is cleared by an empty value. */
  private static void hash(String name, JsonNode value, ObjectNode owner, Set<String> known) {
    if (value.isString() && value.stringValue().isEmpty()) {
      owner.putNull(name);
      return;
    }
    if (!(value instanceof ObjectNode given)) {
      throw StripeRefusal.invalid(null, name, "Invalid object");
    }
    ObjectNode target = owner.get(name) instanceof ObjectNode there ? there : owner.putObject(name);
    if (target.isEmpty()) {
      known.stream().sorted().forEach(target::putNull);
    }
    given.forEachEntry((key, inner) -> {
      if (!known.contains(key)) {
        throw StripeRefusal.unknownParameter(name + "[" + key + "]");
      }
      target.set(key, inner.isString() ? nullable(inner.stringValue()) : inner);
    });
  }

  private static void shipping(JsonNode value, ObjectNode customer) {
    if (value instanceof ObjectNode given && given.path("address") instanceof ObjectNode address) {
      ObjectNode rest = given.deepCopy();
      rest.remove("address");
      hash("shipping", rest, customer, SHIPPING);
      if (customer.get("shipping") instanceof ObjectNode target) {
        hash("address", address, target, ADDRESS);
      }
      return;
    }
    hash("shipping", value, customer, SHIPPING);
  }

  private static ArrayNode locales(JsonNode value) {
    if (value instanceof ArrayNode array) {
      return array;
    }
    return Json.array();
  }
}
