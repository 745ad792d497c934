package dev.twofold.localstack.pump;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages in the shapes in which the service passes them on. */
final class PushMessages {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SOURCE = "CloudPubSubDeadLetterSource";

  private PushMessages() {}

  /**
   * The body of a push: the message with its names in both spellings, the subscription, and the
   * attempt.
   */
  static String wrapped(PulledMessage pulled, String subscription, int attempt) {
    ObjectNode message = pulled.message().deepCopy();
    message.put("message_id", message.path("messageId").asString(""));
    message.put("publish_time", message.path("publishTime").asString(""));
    ObjectNode body = JSON.createObjectNode();
    body.set("message", message);
    return body.put("subscription", subscription).put("deliveryAttempt", attempt).toString();
  }

  /** The request that publishes the message to the dead-letter topic, saying where it is from. */
  static String deadLetter(PulledMessage pulled, String subscription, int attempts) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode letter = body.putArray("messages").addObject();
    for (String kept : new String[] {"data", "orderingKey"}) {
      JsonNode value = pulled.message().path(kept);
      if (value.isString()) {
        letter.set(kept, value);
      }
    }
    ObjectNode attributes =
        pulled.message().path("attributes") instanceof ObjectNode own
            ? own.deepCopy()
            : JSON.createObjectNode();
    String[] name = subscription.split("/", -1);
    attributes.put(SOURCE + "DeliveryCount", Integer.toString(attempts));
    attributes.put(SOURCE + "Subscription", name[name.length - 1]);
    attributes.put(SOURCE + "SubscriptionProject", name[1]);
    attributes.put(SOURCE + "TopicPublishTime", pulled.message().path("publishTime").asString(""));
    letter.set("attributes", attributes);
    return body.toString();
  }
}
