package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Form parameters as a tree: {@code address[city]=Bern} is a field of an object, {@code a[]=x} and
 * {@code a[0]=x} are elements of an array. All leaves are text; an empty one clears.
 */
final class Form {
  private Form() {}

  static ObjectNode parse(String encoded) {
    return tree(ApiRequest.parse(encoded));
  }

  static ObjectNode tree(Map<String, List<String>> pairs) {
    ObjectNode root = Json.object();
    pairs.forEach((name, values) -> values.forEach(value -> put(root, name, value)));
    return (ObjectNode) arrays(root);
  }

  private static void put(ObjectNode root, String name, String value) {
    int bracket = name.indexOf('[');
    if (bracket <= 0 || !name.endsWith("]")) {
      root.put(name, value);
      return;
    }
    String[] inner = name.substring(bracket + 1, name.length() - 1).split("\\]\\[", -1);
    ObjectNode owner = child(root, name.substring(0, bracket));
    for (int i = 0; i < inner.length - 1; i++) {
      owner = child(owner, slot(owner, inner[i]));
    }
    owner.put(slot(owner, inner[inner.length - 1]), value);
  }

  /** An empty pair of brackets takes the next free place. */
  private static String slot(ObjectNode owner, String name) {
    return name.isEmpty() ? Integer.toString(owner.size()) : name;
  }

  private static ObjectNode child(ObjectNode owner, String name) {
    return owner.get(name) instanceof ObjectNode there ? there : owner.putObject(name);
  }

  private static JsonNode arrays(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    for (String name : List.copyOf(object.propertyNames())) {
      object.set(name, arrays(object.path(name)));
    }
    if (object.isEmpty()
        || object.propertyNames().stream().anyMatch(name -> !name.matches("\\d{1,4}"))) {
      return object;
    }
    TreeMap<Integer, JsonNode> ordered = new TreeMap<>();
    object.forEachEntry((name, value) -> ordered.put(Integer.parseInt(name), value));
    ArrayNode array = Json.array();
    ordered.values().forEach(array::add);
    return array;
  }
}
