package dev.twofold.ingest.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says whether a body has the outline of its provider's deliveries, so that a wrong address or a
 * wrong kind of webhook is told to whoever set it up. Values are not looked at: what a notice
 * means, and whether it can be used, is decided where it can be parked.
 */
final class DeliveryShape {

  /** HubSpot documents up to 100 notices; ten times that is a mistake, not a delivery. */
  static final int NOTICES_MAX = 1000;

  /** A merge or an association change names its records by these instead of {@code objectId}. */
  private static final List<String> RECORD_IDS =
      List.of("objectId", "primaryObjectId", "newObjectId", "fromObjectId");

  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  Shape check(Provider provider, RawBody body) {
    JsonNode root;
    try {
      root = json.readTree(body.bytes());
    } catch (JacksonException unreadable) {
      // Its message quotes the body, which may hold personal data.
      return new Shape.Misfit("The body is not valid JSON.");
    }
    return switch (provider) {
      case HUBSPOT -> checkHubSpot(root);
      case STRIPE -> checkStripe(root);
    };
  }

  private static Shape checkHubSpot(JsonNode root) {
    if (!root.isArray() || root.isEmpty()) {
      return new Shape.Misfit("A HubSpot delivery is a JSON array of at least one notice.");
    }
    if (root.size() > NOTICES_MAX) {
      return new Shape.Misfit("A HubSpot delivery holds at most " + NOTICES_MAX + " notices.");
    }
    for (int index = 0; index < root.size(); index++) {
      JsonNode notice = root.get(index);
      if (!isName(notice.get("subscriptionType"))) {
        return new Shape.Misfit("Notice " + index + " has no subscriptionType.");
      }
      if (RECORD_IDS.stream().noneMatch(name -> isRecordId(notice.get(name)))) {
        return new Shape.Misfit("Notice " + index + " has no objectId.");
      }
    }
    return new Shape.Fits(root.size());
  }

  private static Shape checkStripe(JsonNode root) {
    if (isText(root.get("object"), "v2.core.event")) {
      return new Shape.Misfit(
          "This is a thin event (v2.core.event). Set the event destination to snapshot events.");
    }
    boolean isEvent =
        isText(root.get("object"), "event")
            && isName(root.get("id"))
            && isName(root.get("type"))
            && isWholeNumber(root.get("created"))
            && isObject(root.path("data").get("object"));
    return isEvent
        ? new Shape.Fits(1)
        : new Shape.Misfit(
            "A Stripe delivery is a JSON object with object \"event\", id, type, created and"
                + " data.object.");
  }

  // JsonNode.get answers null for an absent member and for anything but an object.

  private static boolean isText(@Nullable JsonNode node, String text) {
    return node != null && node.isString() && node.stringValue().equals(text);
  }

  private static boolean isName(@Nullable JsonNode node) {
    return node != null && node.isString() && !node.stringValue().isBlank();
  }

  private static boolean isWholeNumber(@Nullable JsonNode node) {
    return node != null && node.isIntegralNumber();
  }

  private static boolean isRecordId(@Nullable JsonNode node) {
    return isWholeNumber(node) || isName(node);
  }

  private static boolean isObject(@Nullable JsonNode node) {
    return node != null && node.isObject();
  }

  /** The outline of a body. */
  sealed interface Shape {

    record Fits(int notices) implements Shape {}

    /** {@code detail} says what was expected, without quoting what came. */
    record Misfit(String detail) implements Shape {}
  }
}
