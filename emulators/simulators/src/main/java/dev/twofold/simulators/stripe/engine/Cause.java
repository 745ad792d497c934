package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What made an event: a request, perhaps with an idempotency key, or nothing of the kind. */
record Cause(@Nullable String requestId, @Nullable String idempotencyKey) {
  static Cause automatic() {
    return new Cause(null, null);
  }

  ObjectNode json() {
    return Json.object().put("id", requestId).put("idempotency_key", idempotencyKey);
  }
}
