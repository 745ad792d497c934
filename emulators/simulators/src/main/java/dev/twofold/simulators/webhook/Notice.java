package dev.twofold.simulators.webhook;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** One notification: its id in the vendor's system, when it happened, and its body. */
public record Notice(String id, Instant occurredAt, ObjectNode body) {
  /**
   * What it tells of, in a few words: the record, the property or the kind, and when, for vendors
   * whose notices carry no whole record; the event's id otherwise.
   */
  public String about() {
    if (!body.has("objectId")) {
      return id;
    }
    String what = body.path("propertyName").asString(body.path("subscriptionType").asString(""));
    return "%s %s %d"
        .formatted(body.path("objectId").asString(), what, body.path("occurredAt").asLong());
  }
}
