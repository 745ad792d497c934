package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One contact property as the account knows it. */
record PropertyDefinition(
    String name,
    String label,
    String groupName,
    String type,
    String fieldType,
    String description,
    boolean hasUniqueValue,
    boolean readOnly,
    List<String> options,
    @Nullable Instant createdAt) {

  boolean hubSpotDefined() {
    return createdAt == null;
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    if (createdAt != null) {
      json.put("updatedAt", Timestamps.iso(createdAt)).put("createdAt", Timestamps.iso(createdAt));
    }
    json.put("name", name).put("label", label).put("type", type).put("fieldType", fieldType);
    json.put("description", description).put("groupName", groupName);
    var list = json.putArray("options");
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      list.addObject()
          .put("label", option)
          .put("value", option)
          .put("displayOrder", i)
          .put("hidden", false);
    }
    json.put("displayOrder", -1).put("calculated", false).put("externalOptions", false);
    json.put("archived", false).put("hasUniqueValue", hasUniqueValue).put("hidden", false);
    if (hubSpotDefined()) {
      json.put("hubspotDefined", true);
    }
    ObjectNode modification = json.putObject("modificationMetadata");
    modification.put("archivable", !hubSpotDefined());
    modification.put("readOnlyDefinition", hubSpotDefined());
    modification.put("readOnlyValue", readOnly);
    return json.put("formField", !readOnly).put("dataSensitivity", "non_sensitive");
  }
}
