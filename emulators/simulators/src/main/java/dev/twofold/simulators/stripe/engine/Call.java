package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One admitted call: its parameters from query and form, its cause for events, its moment. */
record Call(ApiRequest request, ObjectNode parameters, Cause cause, Instant now) {
  static Call of(ApiRequest request, Cause cause, Instant now) {
    boolean posts = request.method().equals("POST");
    Map<String, List<String>> pairs = posts ? ApiRequest.parse(request.text()) : request.query();
    return new Call(request, Form.tree(pairs), cause, now);
  }

  /** Refuses anything but these (and {@code expand}). */
  void allow(Set<String> names) {
    for (String name : parameters.propertyNames()) {
      if (!names.contains(name) && !name.equals("expand")) {
        throw StripeRefusal.unknownParameter(name);
      }
    }
  }

  String text(String name) {
    return parameters.path(name).asString("");
  }

  int limit() {
    String text = parameters.path("limit").asString("10");
    if (!text.matches("-?\\d{1,9}")) {
      throw StripeRefusal.invalid("parameter_invalid_integer", "limit", "Invalid integer: " + text);
    }
    int limit = Integer.parseInt(text);
    if (limit < 1 || limit > 100) {
      throw StripeRefusal.invalid(
          null,
          "limit",
          limit < 1
              ? "This value must be greater than or equal to 1."
              : "This value must be less than or equal to 100 (it is currently '" + text + "').");
    }
    return limit;
  }
}
