package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.Notice;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the app's subscriptions tell it. A creation is one notice of its own plus one for every
 * subscribed property that was set, all of the same moment, the creation never first among them.
 */
final class ContactNotices {
  private static final Map<String, Integer> SUBSCRIPTIONS =
      Map.of(
          "creation", 41,
          "propertyChange", 42,
          "deletion", 43,
          "privacyDeletion", 44,
          "merge", 45,
          "restore", 46);

  private final HubSpotSettings settings;
  private final HubSpotAccount account;
  private final WebhookSchedule schedule;
  private final PropertyCatalog catalog;
  private final RandomGenerator random;
  private long nextEventId;
  private boolean silent;

  ContactNotices(
      HubSpotSettings settings,
      HubSpotAccount account,
      WebhookSchedule schedule,
      PropertyCatalog catalog,
      RandomGenerator random) {
    this.settings = settings;
    this.account = account;
    this.schedule = schedule;
    this.catalog = catalog;
    this.random = random;
    this.nextEventId = catalog.kind().equals(ObjectKind.CONTACT) ? 1 : 1_000_000_001L;
  }

  /** Runs a change as one from before the app was installed: nobody is told. */
  void silently(Runnable change) {
    silent = true;
    try {
      change.run();
    } finally {
      silent = false;
    }
  }

  void created(Contact contact, Map<String, String> values, Author author, Instant now) {
    List<ObjectNode> bodies = properties(contact, values, author, now);
    ObjectNode creation = body("creation", contact.id(), author, now);
    creation.put("changeFlag", "CREATED");
    bodies.add(bodies.isEmpty() ? 0 : 1 + random.nextInt(bodies.size()), creation);
    offer(bodies, now);
  }

  void changed(Contact contact, Map<String, String> values, Author author, Instant now) {
    offer(properties(contact, values, author, now), now);
  }

  private List<ObjectNode> properties(
      Contact contact, Map<String, String> values, Author author, Instant now) {
    List<ObjectNode> bodies = new ArrayList<>();
    values.forEach((name, value) -> {
      if (isSubscribed(name)) {
        ObjectNode body = body("propertyChange", contact.id(), author, now);
        body.put("propertyName", name).put("propertyValue", value);
        if (isGeneric("propertyChange")) {
          body.put("isSensitive", false);
        }
        bodies.add(body);
      }
    });
    return bodies;
  }

  private boolean isSubscribed(String name) {
    if (account.subscribedProperties().contains(name)) {
      return true;
    }
    return account.subscribedProperties().contains("*")
        && catalog.find(name).map(property -> !property.readOnly()).orElse(false);
  }

  void deleted(Contact contact, Author author, Instant now) {
    ObjectNode body = body("deletion", contact.id(), author, now);
    offer(List.of(body.put("changeFlag", "DELETED")), now);
  }

  void privacyDeleted(Contact contact, Author author, Instant now) {
    ObjectNode deletion = body("deletion", contact.id(), author, now);
    deletion.put("changeFlag", "DELETED");
    ObjectNode privacy = body("privacyDeletion", contact.id(), author, now);
    privacy.remove(List.of("changeSource", "sourceId"));
    // Ids of notices are not promised to be unique, and here two share one.
    privacy.set("eventId", deletion.path("eventId"));
    boolean privacyFirst = random.nextBoolean();
    offer(privacyFirst ? List.of(privacy, deletion) : List.of(deletion, privacy), now);
  }

  void restored(Contact contact, Author author, Instant now) {
    offer(List.of(body("restore", contact.id(), author, now)), now);
  }

  /** Two contacts that became one, which is the primary or a new one. */
  record Merge(Contact survivor, Contact primary, Contact loser) {}

  void merged(Merge merge, int moved, Author author, Instant now) {
    long survivor = merge.survivor().id();
    ObjectNode body = body("merge", survivor, author, now);
    body.put("primaryObjectId", merge.primary().id());
    body.putArray("mergedObjectIds").add(merge.loser().id());
    body.put("newObjectId", survivor).put("numberOfPropertiesMoved", moved);
    List<ObjectNode> bodies = new ArrayList<>(List.of(body));
    for (Contact gone : List.of(merge.loser(), merge.primary())) {
      if (gone.id() != survivor) {
        bodies.add(body("deletion", gone.id(), author, now).put("changeFlag", "DELETED"));
      }
    }
    offer(bodies, now);
  }

  private ObjectNode body(String type, long objectId, Author author, Instant now) {
    ObjectNode body = Json.object().put("eventId", nextEventId++);
    body.put("subscriptionId", SUBSCRIPTIONS.getOrDefault(type, 40));
    body.put("portalId", settings.portalId()).put("appId", settings.appId());
    body.put("occurredAt", now.toEpochMilli()).put("subscriptionType", subject(type) + type);
    body.put("attemptNumber", 0).put("objectId", objectId);
    if (isGeneric(type)) {
      body.put("objectTypeId", catalog.kind().typeId());
    }
    return body.put("changeSource", author.changeSource()).put("sourceId", author.sourceId());
  }

  private String subject(String type) {
    return isGeneric(type) ? "object." : catalog.kind().name() + ".";
  }

  /** Privacy deletions have no generic kind. */
  private boolean isGeneric(String type) {
    return account.genericSubscriptions() && !type.equals("privacyDeletion");
  }

  private void offer(List<ObjectNode> bodies, Instant now) {
    if (silent) {
      return;
    }
    for (ObjectNode body : bodies) {
      schedule.offer(new Notice(body.path("eventId").asString(), now, body), now);
    }
  }
}
