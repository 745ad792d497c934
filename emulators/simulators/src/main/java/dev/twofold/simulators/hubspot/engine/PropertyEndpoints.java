package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls on contact properties and their groups. */
final class PropertyEndpoints {
  private final PropertyCatalog catalog;

  PropertyEndpoints(PropertyCatalog catalog) {
    this.catalog = catalog;
  }

  /** {@code rest} is the path after {@code /crm/v3/properties/contacts}. */
  Reply route(Call call, List<String> rest) {
    boolean groups = !rest.isEmpty() && rest.getFirst().equals("groups");
    List<String> names = groups ? rest.subList(1, rest.size()) : rest;
    if (names.size() > 1) {
      throw HubSpotRefusal.notFound();
    }
    return switch (call.method()) {
      case "GET" -> get(groups, names);
      case "POST" -> {
        if (!names.isEmpty()) {
          throw HubSpotRefusal.notFound();
        }
        yield groups ? createGroup(call) : create(call);
      }
      case "DELETE" -> {
        if (groups || names.isEmpty()) {
          throw HubSpotRefusal.notFound();
        }
        catalog.archive(names.getFirst());
        yield Reply.noContent();
      }
      default -> throw Routes.methodNotAllowed(call);
    };
  }

  private Reply get(boolean groups, List<String> names) {
    if (names.isEmpty()) {
      ObjectNode body = Json.object();
      ArrayNode results = body.putArray("results");
      if (groups) {
        catalog.groups().forEach((name, label) -> results.add(group(name, label)));
      } else {
        catalog.all().forEach(property -> results.add(property.json()));
      }
      return Reply.ok(body);
    }
    String name = names.getFirst();
    if (groups) {
      String label = catalog.groups().get(name);
      if (label == null) {
        throw HubSpotRefusal.notFound();
      }
      return Reply.ok(group(name, label));
    }
    return Reply.ok(
        catalog
            .find(name)
            .orElseThrow(() ->
                new HubSpotRefusal(
                    404, "OBJECT_NOT_FOUND", "Property '" + name + "' does not exist"))
            .json());
  }

  private static ObjectNode group(String name, String label) {
    return Json.object()
        .put("name", name)
        .put("label", label)
        .put("displayOrder", -1)
        .put("archived", false);
  }

  private Reply create(Call call) {
    ObjectNode body = call.body();
    required(body, List.of("name", "label", "groupName", "type", "fieldType"));
    List<String> options =
        body.path("options").values().stream()
            .map(option -> option.path("value").asString(""))
            .toList();
    PropertyDefinition wanted =
        new PropertyDefinition(
            body.path("name").asString(),
            body.path("label").asString(),
            body.path("groupName").asString(),
            body.path("type").asString(),
            body.path("fieldType").asString(),
            body.path("description").asString(""),
            body.path("hasUniqueValue").asBoolean(false),
            false,
            options,
            call.now());
    return new Reply(201, catalog.create(wanted).json());
  }

  private Reply createGroup(Call call) {
    ObjectNode body = call.body();
    required(body, List.of("name", "label"));
    String name = body.path("name").asString();
    String label = body.path("label").asString();
    catalog.createGroup(name, label);
    return new Reply(201, group(name, label));
  }

  static void required(ObjectNode body, List<String> names) {
    List<String> missing =
        names.stream()
            .filter(name -> body.path(name).isMissingNode() || body.path(name).isNull())
            .toList();
    if (!missing.isEmpty()) {
      throw HubSpotRefusal.invalid("Some required fields were not set: " + missing);
    }
  }
}
