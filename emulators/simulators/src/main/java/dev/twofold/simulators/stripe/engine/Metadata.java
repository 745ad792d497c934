package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Metadata merges: an empty value removes its key, an empty whole removes all. */
final class Metadata {
  private static final int MOST_KEYS = 50;
  private static final int LONGEST_KEY = 40;
  private static final int LONGEST_VALUE = 500;

  private Metadata() {}

  static void apply(JsonNode given, ObjectNode owner) {
    if (given.isString() && given.stringValue().isEmpty()) {
      owner.putObject("metadata");
      return;
    }
    if (!given.isContainer()) {
      throw StripeRefusal.invalid(null, "metadata", "Invalid object");
    }
    ObjectNode metadata =
        owner.get("metadata") instanceof ObjectNode there ? there : owner.putObject("metadata");
    ObjectNode pairs = Json.object();
    if (given instanceof ObjectNode object) {
      pairs.setAll(object);
    } else {
      // Keys that are all numbers look like an array.
      for (int i = 0; i < given.size(); i++) {
        pairs.set(Integer.toString(i), given.path(i));
      }
    }
    pairs.forEachEntry((key, value) -> put(metadata, key, value));
    if (metadata.size() > MOST_KEYS) {
      throw StripeRefusal.invalid(
          null,
          "metadata",
          "Metadata can have at most "
              + MOST_KEYS
              + " keys, but "
              + metadata.size()
              + " were provided");
    }
  }

  private static void put(ObjectNode metadata, String key, JsonNode value) {
    if (key.length() > LONGEST_KEY) {
      throw StripeRefusal.invalid(
          null,
          "metadata",
          "Metadata keys can be at most "
              + LONGEST_KEY
              + " characters, this one has "
              + key.length());
    }
    String text = value.isString() ? value.stringValue() : null;
    if (text == null || text.length() > LONGEST_VALUE) {
      throw StripeRefusal.invalid(
          null,
          "metadata[" + key + "]",
          "Invalid val: " + key + " must be a string under " + LONGEST_VALUE + " characters");
    }
    if (text.isEmpty()) {
      metadata.remove(key);
    } else {
      metadata.put(key, text);
    }
  }
}
