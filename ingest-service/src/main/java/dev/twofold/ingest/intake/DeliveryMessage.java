package dev.twofold.ingest.intake;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One proven delivery on its way to the topic: a CloudEvents 1.0 message in binary mode. The data
 * is the provider's own bytes; everything we add is an attribute.
 */
public record DeliveryMessage(
    String id,
    Provider provider,
    String tenant,
    Instant receivedAt,
    Optional<String> traceparent,
    RawBody body) {

  /** The attributes that the sync service reads; their names are the contract between the two. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("ce-specversion", "1.0");
    attributes.put("ce-id", id);
    attributes.put("ce-source", "/webhooks/" + provider.label() + "/" + tenant);
    attributes.put("ce-type", provider.messageType());
    attributes.put("ce-time", receivedAt.toString());
    attributes.put("content-type", "application/json");
    attributes.put("tenant", tenant);
    traceparent.ifPresent(trace -> attributes.put("traceparent", trace));
    return attributes;
  }
}
