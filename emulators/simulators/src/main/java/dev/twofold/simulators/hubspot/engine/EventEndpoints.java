package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls on custom events: define, send, read back. All need the Enterprise tier. */
final class EventEndpoints {
  private static final int MOST_IN_BATCH = 500;
  private static final int MOST_PROPERTIES = 50;
  private static final int LONGEST_VALUE = 256;
  private static final int LONGEST_URL = 1_024;
  private static final String NAME = "[a-z][a-z0-9_-]{0,49}";
  private static final Set<String> TYPES = Set.of("string", "number", "enumeration", "datetime");

  private final EventBook book;
  private final ContactStore store;
  private final RandomIds ids;
  private final HubSpotSettings settings;
  private final HubSpotAccount account;

  EventEndpoints(
      EventBook book,
      ContactStore store,
      RandomIds ids,
      HubSpotSettings settings,
      HubSpotAccount account) {
    this.book = book;
    this.store = store;
    this.ids = ids;
    this.settings = settings;
    this.account = account;
  }

  void requireTier(String scope) {
    if (!account.customEvents()) {
      throw HubSpotRefusal.missingScopes(scope);
    }
  }

  Reply define(Call call) {
    ObjectNode body = call.body();
    PropertyEndpoints.required(body, List.of("label", "propertyDefinitions"));
    String label = body.path("label").asString();
    String name = body.path("name").asString(label.toLowerCase(Locale.ROOT));
    if (!name.matches(NAME) || label.length() > 100) {
      throw HubSpotRefusal.invalid(
          "Event name must start with a letter, contain only lowercase letters, numbers,"
              + " underscores and hyphens, and have at most 50 characters");
    }
    String fullName = "pe" + settings.portalId() + "_" + name;
    Map<String, String> types = new LinkedHashMap<>();
    for (JsonNode property : body.path("propertyDefinitions")) {
      String type = property.path("type").asString("");
      if (!TYPES.contains(type)) {
        throw HubSpotRefusal.invalid("Invalid property type '" + type + "'");
      }
      types.put(property.path("name").asString(""), type);
    }
    ObjectNode json = Json.object().put("id", ids.uuid()).put("name", name);
    json.put("fullyQualifiedName", fullName).put("objectTypeId", "6-" + (1_000 + name.length()));
    json.put("primaryObject", body.path("primaryObject").asString("CONTACT"));
    json.putObject("labels").put("singular", label);
    json.put("createdAt", Timestamps.iso(call.now())).put("archived", false);
    json.set("properties", body.path("propertyDefinitions").deepCopy());
    if (!book.define(new EventBook.Definition(fullName, json, types))) {
      throw new HubSpotRefusal(
          409, "OBJECT_ALREADY_EXISTS", "An event definition named '" + name + "' already exists.");
    }
    return new Reply(201, json);
  }

  Reply definitions(Call call, List<String> rest) {
    if (rest.isEmpty()) {
      ObjectNode body = Json.object().put("total", book.definitions().size());
      ArrayNode results = body.putArray("results");
      book.definitions().forEach(definition -> results.add(definition.json()));
      return Reply.ok(body);
    }
    String name = rest.getFirst();
    if (call.method().equals("DELETE")) {
      if (!book.remove(name)) {
        throw HubSpotRefusal.notFound();
      }
      return Reply.noContent();
    }
    return Reply.ok(book.find(name).orElseThrow(HubSpotRefusal::notFound).json());
  }

  Reply send(Call call) {
    book.record(check(call.body(), call.now()));
    return Reply.noContent();
  }

  /** All or nothing: one bad event refuses the batch. */
  Reply sendBatch(Call call) {
    JsonNode inputs = call.body().path("inputs");
    if (!inputs.isArray() || inputs.size() > MOST_IN_BATCH) {
      throw HubSpotRefusal.invalid("inputs must be an array of at most " + MOST_IN_BATCH);
    }
    List<EventOccurrence> checked = new ArrayList<>();
    for (JsonNode input : inputs) {
      if (!(input instanceof ObjectNode event)) {
        throw HubSpotRefusal.invalid("Invalid input JSON: an input must be an object");
      }
      checked.add(check(event, call.now()));
    }
    checked.forEach(book::record);
    return Reply.noContent();
  }

  private EventOccurrence check(ObjectNode event, Instant now) {
    PropertyEndpoints.required(event, List.of("eventName"));
    String name = event.path("eventName").asString();
    EventBook.Definition definition =
        book.find(name)
            .filter(found -> found.fullName().equals(name))
            .orElseThrow(() ->
                HubSpotRefusal.invalid(
                    "No event type with the fully qualified name '" + name + "' exists"));
    Map<String, String> properties = new LinkedHashMap<>();
    event
        .path("properties")
        .forEachEntry((property, value) -> properties.put(property, value.asString("")));
    checkProperties(definition, properties);
    String objectId = event.path("objectId").asString("");
    String email = event.path("email").asString("");
    if (objectId.isEmpty() && email.isEmpty() && event.path("utk").asString("").isEmpty()) {
      throw HubSpotRefusal.invalid("One of objectId, email or utk is required");
    }
    Optional<Contact> target =
        objectId.isEmpty() ? store.findByEmail(email) : store.find(null, objectId);
    String uuid = event.path("uuid").asString("");
    return new EventOccurrence(
        uuid.isEmpty() ? ids.uuid() : uuid,
        name,
        target.map(Contact::id).orElse(null),
        EventBook.occurredAt(event, now),
        now,
        Map.copyOf(properties));
  }

  private static void checkProperties(
      EventBook.Definition definition, Map<String, String> properties) {
    if (properties.size() > MOST_PROPERTIES) {
      throw HubSpotRefusal.invalid("An event has at most " + MOST_PROPERTIES + " properties");
    }
    List<ValueProblem> problems = new ArrayList<>();
    properties.forEach((name, value) -> {
      String type = definition.propertyTypes().get(name);
      int longest =
          name.equals("hs_url") || name.equals("hs_referrer") ? LONGEST_URL : LONGEST_VALUE;
      if (type == null && !name.startsWith("hs_")) {
        problems.add(ValueProblem.unknown(name));
      } else if (value.length() > longest) {
        problems.add(
            new ValueProblem(
                name, "PROPERTY_VALUE_TOO_LONG", "Longer than " + longest + " characters"));
      } else if ("number".equals(type) && !value.matches("-?\\d+(\\.\\d+)?")) {
        problems.add(new ValueProblem(name, "INVALID_NUMBER", value + " was not a valid number."));
      }
    });
    if (!problems.isEmpty()) {
      throw HubSpotRefusal.values(problems);
    }
  }

  /** What is attached to a contact, newest first. */
  Reply read(Call call) {
    String eventType = call.parameter("eventType").orElse("");
    String objectId = call.parameter("objectId").orElse("");
    String email = call.parameter("objectProperty.email").orElse("");
    Optional<Contact> contact =
        objectId.isEmpty() ? store.findByEmail(email) : store.find(null, objectId);
    int limit = call.limit(20, 1_000);
    List<EventOccurrence> found =
        book.occurrences().reversed().stream()
            .filter(seen -> eventType.isEmpty() || seen.eventName().equals(eventType))
            .filter(seen ->
                (objectId.isEmpty() && email.isEmpty() && seen.contactId() != null)
                    || contact.map(there -> isOf(seen, there)).orElse(false))
            .toList();
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    found.stream().limit(limit).forEach(seen -> results.add(json(seen)));
    return Reply.ok(body);
  }

  private boolean isOf(EventOccurrence seen, Contact contact) {
    Long id = seen.contactId();
    return id != null && store.find(id).map(owner -> owner.id() == contact.id()).orElse(false);
  }

  private static ObjectNode json(EventOccurrence seen) {
    ObjectNode json = Json.object().put("id", seen.uuid()).put("eventType", seen.eventName());
    json.put("objectType", "CONTACT").put("objectId", String.valueOf(seen.contactId()));
    json.put("occurredAt", Timestamps.iso(seen.occurredAt()));
    ObjectNode properties = json.putObject("properties");
    seen.properties().forEach(properties::put);
    return json;
  }
}
