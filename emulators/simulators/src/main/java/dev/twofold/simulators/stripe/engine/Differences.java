package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event's {@code previous_attributes} holds: the old values of what changed. */
final class Differences {
  private Differences() {}

  /**
   * Of nested objects only the changed keys, of arrays all of the old one; a key that is new has
   * null.
   */
  static ObjectNode previous(ObjectNode before, ObjectNode after) {
    ObjectNode previous = Json.object();
    Set<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    for (String name : names) {
      JsonNode old = before.path(name);
      JsonNode fresh = after.path(name);
      if (old.equals(fresh)) {
        continue;
      }
      if (old instanceof ObjectNode oldObject && fresh instanceof ObjectNode freshObject) {
        previous.set(name, previous(oldObject, freshObject));
      } else if (old.isMissingNode()) {
        previous.putNull(name);
      } else {
        previous.set(name, old.deepCopy());
      }
    }
    return previous;
  }
}
