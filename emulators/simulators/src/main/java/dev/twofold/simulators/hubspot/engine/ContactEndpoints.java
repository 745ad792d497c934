package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls on single contacts: create, read, list, change, archive, merge, GDPR delete. */
final class ContactEndpoints {
  private static final int LONGEST_PAGE = 100;

  private final ContactStore store;
  private final ContactJson json;

  ContactEndpoints(ContactStore store, ContactJson json) {
    this.store = store;
    this.json = json;
  }

  Reply create(Call call) {
    Map<String, String> values = Call.properties(call.body());
    Contact created = store.create(values, call.author(), call.now());
    return new Reply(201, json.written(created, values.keySet()));
  }

  Reply get(Call call, String key) {
    boolean archived = call.flag("archived");
    Contact contact =
        archived ? archived(key) : live(store.find(call.parameter("idProperty").orElse(null), key));
    return Reply.ok(
        json.read(contact, call.list("properties"), call.list("propertiesWithHistory")));
  }

  private Contact archived(String key) {
    return store.find(null, key).filter(Contact::isArchived).orElseThrow(HubSpotRefusal::notFound);
  }

  private static Contact live(Optional<Contact> found) {
    return found.filter(contact -> !contact.isArchived()).orElseThrow(HubSpotRefusal::notFound);
  }

  Reply update(Call call, String key) {
    Contact contact = live(store.find(call.parameter("idProperty").orElse(null), key));
    Map<String, String> values = Call.properties(call.body());
    store.update(contact, values, call.author(), call.now());
    return Reply.ok(json.written(contact, values.keySet()));
  }

  /** Archiving what is not there is no error, as with HubSpot. */
  Reply archive(Call call, String key) {
    store.find(null, key).ifPresent(contact -> store.archive(contact, call.author(), call.now()));
    return Reply.noContent();
  }

  Reply list(Call call) {
    int limit = call.limit(10, LONGEST_PAGE);
    String after = call.parameter("after").orElse("0");
    if (!after.matches("\\d{1,18}")) {
      throw HubSpotRefusal.invalid("Invalid paging cursor: " + after);
    }
    List<Contact> found = store.page(Long.parseLong(after), limit + 1, call.flag("archived"));
    List<Contact> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    page.forEach(contact ->
        results.add(
            json.read(contact, call.list("properties"), call.list("propertiesWithHistory"))));
    if (found.size() > limit) {
      long last = page.getLast().id();
      body.putObject("paging")
          .putObject("next")
          .put("after", Long.toString(last))
          .put(
              "link",
              "https://api.hubapi.com/crm/v3/objects/contacts?limit=" + limit + "&after=" + last);
    }
    return Reply.ok(body);
  }

  Reply merge(Call call) {
    ObjectNode body = call.body();
    Contact primary = live(store.find(null, body.path("primaryObjectId").asString("")));
    Contact loser = live(store.find(null, body.path("objectIdToMerge").asString("")));
    Contact survivor = store.merge(primary, loser, call.author(), call.now());
    return Reply.ok(json.read(survivor, List.of(), List.of()));
  }

  /** An address that nobody has goes on the blocklist instead. */
  Reply gdprDelete(Call call) {
    ObjectNode body = call.body();
    JsonNode key = body.path("objectId");
    if (!key.isValueNode() || key.asString().isEmpty()) {
      throw HubSpotRefusal.invalid("Some required fields were not set: [objectId]");
    }
    String idProperty = body.path("idProperty").asString("");
    Optional<Contact> found = store.find(idProperty, key.asString());
    if (found.isPresent()) {
      store.erase(found.get(), call.author(), call.now());
    } else if (idProperty.equals("email")) {
      store.block(key.asString());
    } else {
      throw HubSpotRefusal.notFound();
    }
    return Reply.noContent();
  }
}
