package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One admitted call: its version-free path, who makes it and when. */
record Call(ApiRequest request, String path, Author author, Instant now) {
  String method() {
    return request.method();
  }

  /** The body as an object; anything else is refused as HubSpot refuses it. */
  ObjectNode body() {
    Optional<JsonNode> tree = Json.read(request.body());
    if (tree.isPresent() && tree.get() instanceof ObjectNode object) {
      return object;
    }
    throw HubSpotRefusal.invalid("Invalid input JSON on line 1, column 1: expected an object");
  }

  Optional<String> parameter(String name) {
    return request.parameter(name).filter(value -> !value.isEmpty());
  }

  /** A comma-separated or repeated parameter. */
  List<String> list(String name) {
    return request.query().getOrDefault(name, List.of()).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  boolean flag(String name) {
    return parameter(name).map("true"::equals).orElse(false);
  }

  int limit(int usual, int most) {
    String text = parameter("limit").orElse(Integer.toString(usual));
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw HubSpotRefusal.invalid("limit must be a number from 1 to " + most);
    }
    return Integer.parseInt(text);
  }

  /** The {@code properties} of a body or input. Null leaves a property as it is. */
  static Map<String, String> properties(JsonNode owner) {
    JsonNode properties = owner.path("properties");
    if (!properties.isObject()) {
      throw HubSpotRefusal.invalid("Some required fields were not set: [properties]");
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.forEachEntry((name, value) -> {
      if (value.isContainer()) {
        throw HubSpotRefusal.invalid(
            "Invalid input JSON: the value of property '" + name + "' must be a string");
      }
      if (!value.isNull()) {
        values.put(name, value.asString());
      }
    });
    return values;
  }

  static List<String> strings(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }
}
