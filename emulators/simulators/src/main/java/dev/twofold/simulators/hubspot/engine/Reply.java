package dev.twofold.simulators.hubspot.engine;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A successful answer: its status and its body, if it has one. */
record Reply(int status, @Nullable JsonNode body) {
  static Reply ok(JsonNode body) {
    return new Reply(200, body);
  }

  static Reply noContent() {
    return new Reply(204, null);
  }
}
