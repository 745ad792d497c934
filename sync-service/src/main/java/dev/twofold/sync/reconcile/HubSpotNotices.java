package dev.twofold.sync.reconcile;

import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads HubSpot's deliveries, both the classic notices and the generic {@code object.*} ones. Every
 * field may be missing.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/webhooks/guide">HubSpot
 *     webhooks</a>
 */
final class HubSpotNotices {

  private static final Map<String, String> TYPES = Map.of("0-1", "contact", "0-2", "company");

  private final JsonMapper json;
  private final Connections connections;

  HubSpotNotices(JsonMapper json, Connections connections) {
    this.json = json;
    this.connections = connections;
  }

  Parsed parse(Delivery delivery) {
    Map<TenantId, List<ChangeNotice>> notices = new HashMap<>();
    List<String> unreadable = new ArrayList<>();
    int dropped = 0;
    JsonNode events;
    try {
      events = json.readTree(delivery.body());
    } catch (JacksonException notJson) {
      return new Parsed(Map.of(), List.of("the delivery is not JSON"), 0);
    }
    if (!events.isArray()) {
      return new Parsed(Map.of(), List.of("expected a JSON array of notices"), 0);
    }
    for (JsonNode event : events) {
      try {
        Optional<TenantId> tenant = tenant(delivery, event);
        if (tenant.isEmpty()) {
          unreadable.add("no tenant is connected to portal " + text(event, "portalId"));
          continue;
        }
        ChangeNotice notice = notice(event, tenant.get());
        if (notice == null) {
          dropped++;
        } else {
          notices.computeIfAbsent(tenant.get(), any -> new ArrayList<>()).add(notice);
        }
      } catch (IllegalArgumentException | java.time.DateTimeException bad) {
        unreadable.add(String.valueOf(bad.getMessage()));
      }
    }
    return new Parsed(notices, unreadable, dropped);
  }

  private Optional<TenantId> tenant(Delivery delivery, JsonNode event) {
    if (delivery.tenant() != null) {
      return Optional.of(delivery.tenant());
    }
    String portal = text(event, "portalId");
    return portal == null ? Optional.empty() : connections.ofPortal(portal);
  }

  private @Nullable ChangeNotice notice(JsonNode event, TenantId tenant) {
    String subscription = text(event, "subscriptionType");
    if (subscription == null) {
      throw new IllegalArgumentException("expected a notice to have a subscriptionType");
    }
    int dot = subscription.indexOf('.');
    String subject = dot < 0 ? subscription : subscription.substring(0, dot);
    String happening = dot < 0 ? "" : subscription.substring(dot + 1);
    String type =
        subject.equals("object")
            ? TYPES.get(String.valueOf(text(event, "objectTypeId")))
            : subject.toLowerCase(Locale.ROOT);
    if (type == null) {
      return null;
    }
    Instant at = Instant.ofEpochMilli(number(event, "occurredAt"));
    Lane lane = ChangeSource.lane(text(event, "changeSource"));
    boolean ours = isOurs(event, tenant);
    return switch (happening) {
      case "creation" ->
          // Our own creates are repeated until their answer is recorded, so this tells nothing.
          ours ? null : new ChangeNotice.Created(record(event, type), at, lane, Map.of(), null);
      case "propertyChange" -> {
        String property = required(event, "propertyName");
        String value = Optional.ofNullable(text(event, "propertyValue")).orElse("");
        yield ours
            ? new ChangeNotice.ChangedByUs(record(event, type), at, lane, property, value)
            : new ChangeNotice.Changed(record(event, type), at, lane, Map.of(property, value));
      }
      case "deletion" -> new ChangeNotice.Deleted(record(event, type), at, lane, false);
      case "privacyDeletion" -> new ChangeNotice.Deleted(record(event, type), at, lane, true);
      case "restore" -> new ChangeNotice.Restored(record(event, type), at, lane);
      case "merge" -> merged(event, type, at, lane);
      default -> null;
    };
  }

  private boolean isOurs(JsonNode event, TenantId tenant) {
    return "INTEGRATION".equals(text(event, "changeSource"))
        && connections
            .hubspotAppId(tenant)
            .filter(app -> app.equals(text(event, "sourceId")))
            .isPresent();
  }

  private static ChangeNotice merged(JsonNode event, String type, Instant at, Lane lane) {
    String primary = text(event, "primaryObjectId");
    String fresh = text(event, "newObjectId");
    String survivor =
        fresh != null ? fresh : primary != null ? primary : required(event, "objectId");
    RecordId survives = new RecordId(Side.HUBSPOT, type, survivor);
    List<RecordId> losers = new ArrayList<>();
    if (primary != null && !primary.equals(survivor)) {
      losers.add(new RecordId(Side.HUBSPOT, type, primary));
    }
    for (JsonNode loser : event.path("mergedObjectIds")) {
      if (!loser.asString().equals(survivor)) {
        losers.add(new RecordId(Side.HUBSPOT, type, loser.asString()));
      }
    }
    return new ChangeNotice.Merged(survives, losers, at, lane);
  }

  private static RecordId record(JsonNode event, String type) {
    return new RecordId(Side.HUBSPOT, type, required(event, "objectId"));
  }

  private static String required(JsonNode event, String field) {
    String text = text(event, field);
    if (text == null) {
      throw new IllegalArgumentException("expected a notice to have the field " + field);
    }
    return text;
  }

  private static long number(JsonNode event, String field) {
    JsonNode node = event.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException("expected " + field + " to be milliseconds since 1970");
    }
    return node.asLong();
  }

  private static @Nullable String text(JsonNode event, String field) {
    JsonNode node = event.path(field);
    return node.isMissingNode() || node.isNull() || node.isContainer() ? null : node.asString();
  }
}
