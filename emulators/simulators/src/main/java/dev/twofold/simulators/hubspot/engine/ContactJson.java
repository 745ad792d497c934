package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Contacts as the API shows them. */
final class ContactJson {
  private static final List<String> DEFAULTS =
      List.of("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname");
  private static final Set<String> ALWAYS =
      Set.of("createdate", "hs_object_id", "lastmodifieddate");

  private final PropertyCatalog catalog;
  private final long portalId;

  ContactJson(PropertyCatalog catalog, long portalId) {
    this.catalog = catalog;
    this.portalId = portalId;
  }

  /** What was asked for, or the default set. Unknown names are left out, unset ones are null. */
  ObjectNode read(Contact contact, List<String> asked, List<String> withHistory) {
    Set<String> names = new LinkedHashSet<>(asked);
    names.addAll(withHistory);
    names.addAll(names.isEmpty() ? DEFAULTS : ALWAYS);
    ObjectNode json = record(contact, names, true);
    if (!withHistory.isEmpty()) {
      ObjectNode histories = json.putObject("propertiesWithHistory");
      for (String name : withHistory) {
        if (catalog.find(name).isPresent()) {
          history(contact, name, histories.putArray(name));
        }
      }
    }
    return json;
  }

  private static void history(Contact contact, String name, ArrayNode into) {
    for (Contact.Version version : contact.versions(name)) {
      into.addObject()
          .put("value", version.value())
          .put("timestamp", Timestamps.iso(version.at()))
          .put("sourceType", version.author().changeSource())
          .put("sourceId", version.author().sourceId());
    }
  }

  /** The answer to a write: what was written and what HubSpot computes, nothing else. */
  ObjectNode written(Contact contact, Set<String> written) {
    Set<String> names = new LinkedHashSet<>(written);
    names.addAll(Computed.WITH_EVERY_WRITE);
    return record(contact, names, false);
  }

  private ObjectNode record(Contact contact, Set<String> names, boolean unsetAsNull) {
    ObjectNode json = Json.object().put("id", Long.toString(contact.id()));
    ObjectNode properties = json.putObject("properties");
    names.stream()
        .sorted()
        .filter(name -> catalog.find(name).isPresent())
        .forEach(name -> {
          @Nullable String value = contact.values().get(name);
          if (value != null || unsetAsNull) {
            properties.put(name, value);
          }
        });
    json.put("createdAt", Timestamps.iso(contact.createdAt()));
    json.put("updatedAt", Timestamps.iso(contact.updatedAt()));
    json.put("archived", contact.isArchived());
    if (contact.archivedAt() != null) {
      json.put("archivedAt", Timestamps.iso(contact.archivedAt()));
    }
    return json.put(
        "url", "https://app.hubspot.com/contacts/" + portalId + "/record/0-1/" + contact.id());
  }
}
