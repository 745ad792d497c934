package dev.twofold.sync.reconcile.web;

import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A push as Pub/Sub wraps it; only the parts we use.
 *
 * @see <a href="https://docs.cloud.google.com/pubsub/docs/push">Pub/Sub push</a>
 */
record PushedMessage(@Nullable Message message, @Nullable String subscription) {

  private static final Map<String, Side> TYPES =
      Map.of(
          "dev.twofold.hubspot.delivery", Side.HUBSPOT,
          "dev.twofold.stripe.delivery", Side.STRIPE);

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * The push that this body is.
   *
   * @throws IllegalArgumentException if it is none; the message quotes nothing of it
   */
  static PushedMessage of(byte[] body) {
    try {
      PushedMessage pushed = JSON.readValue(body, PushedMessage.class);
      // What reads as null is JSON all the same.
      return pushed == null ? new PushedMessage(null, null) : pushed;
    } catch (JacksonException unreadable) {
      // Without the cause, whose message quotes the body.
      throw new IllegalArgumentException("expected a push as Pub/Sub wraps it, in JSON");
    }
  }

  /** The message within. */
  record Message(
      @Nullable String messageId,
      @Nullable String data,
      @Nullable Map<String, String> attributes,
      @Nullable String publishTime) {}

  /**
   * The delivery it carries.
   *
   * @throws IllegalArgumentException if it is not one that our ingest published
   */
  Delivery delivery() {
    if (message == null || message.messageId() == null || message.data() == null) {
      throw new IllegalArgumentException("expected a message with messageId and data");
    }
    Map<String, String> attributes = message.attributes() == null ? Map.of() : message.attributes();
    String type = attributes.get("ce-type");
    Side side = type == null ? null : TYPES.get(type);
    if (side == null) {
      throw new IllegalArgumentException("expected ce-type to name a HubSpot or Stripe delivery");
    }
    String tenant = attributes.get("tenant");
    return new Delivery(
        message.messageId(),
        side,
        tenant == null || tenant.isEmpty() ? null : new TenantId(tenant),
        receivedAt(attributes.get("ce-time")),
        new String(Base64.getDecoder().decode(message.data()), StandardCharsets.UTF_8),
        attributes.get("traceparent"));
  }

  private static Instant receivedAt(@Nullable String time) {
    if (time == null) {
      throw new IllegalArgumentException("expected ce-time to say when the delivery came");
    }
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException bad) {
      throw new IllegalArgumentException("expected ce-time to be a time of RFC 3339", bad);
    }
  }
}
