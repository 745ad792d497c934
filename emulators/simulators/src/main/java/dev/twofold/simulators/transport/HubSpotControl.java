package dev.twofold.simulators.transport;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotAccount;
import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotPerson;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_simulator} of HubSpot: what people do, what is there, and the page. */
final class HubSpotControl {
  private final HubSpotEngine engine;
  private final SharedControl shared;
  private final HubSpotPage page;

  HubSpotControl(HubSpotEngine engine, SharedControl shared) {
    this.engine = engine;
    this.shared = shared;
    page = new HubSpotPage(engine);
  }

  ApiResponse handle(ApiRequest request) {
    try {
      if (request.path().equals("/")) {
        return Exchange.html(page.whole());
      }
      return shared.handle(request).orElseGet(() -> own(request));
    } catch (HubSpotPerson.Refused | IllegalArgumentException refused) {
      return Exchange.problem(400, String.valueOf(refused.getMessage()));
    }
  }

  private ApiResponse own(ApiRequest request) {
    List<String> parts = List.of(request.path().substring(1).split("/", -1));
    String method = request.method();
    if (parts.size() == 2 && method.equals("GET")) {
      return switch (parts.get(1)) {
        case "state" -> Exchange.json(200, engine.state().json());
        case "changes" -> Exchange.json(200, engine.state().changes(properties(request)));
        case "account" -> account();
        case "live" -> Exchange.html(page.live());
        default -> unknown(request);
      };
    }
    if (parts.size() == 2 && parts.get(1).equals("account") && method.equals("PUT")) {
      return change(SharedControl.body(request));
    }
    if (!parts.get(1).equals("contacts")) {
      return unknown(request);
    }
    if (parts.size() == 2) {
      return method.equals("POST") ? create(SharedControl.body(request)) : unknown(request);
    }
    if (!parts.get(2).matches("\\d{1,18}")) {
      return unknown(request);
    }
    long id = Long.parseLong(parts.get(2));
    String action = parts.size() == 4 ? method + " " + parts.get(3) : method;
    ObjectNode body = method.equals("DELETE") ? Json.object() : SharedControl.body(request);
    return parts.size() > 4 ? unknown(request) : change(request, id, action, body);
  }

  /** The ones asked for, with commas between; otherwise what the app hears of and our mark. */
  private Set<String> properties(ApiRequest request) {
    Set<String> usual = new TreeSet<>(engine.account().subscribedProperties());
    usual.add("stripe_customer_id");
    return request
        .parameter("properties")
        .map(names -> (Set<String>) new TreeSet<>(List.of(names.split(",", -1))))
        .orElse(usual);
  }

  private ApiResponse account() {
    HubSpotAccount account = engine.account();
    ObjectNode json = Json.object();
    ArrayNode subscribed = json.putArray("subscribedProperties");
    account.subscribedProperties().stream().sorted().forEach(subscribed::add);
    ArrayNode required = json.putArray("requiredProperties");
    account.requiredProperties().stream().sorted().forEach(required::add);
    json.put("genericSubscriptions", account.genericSubscriptions());
    json.put("customEvents", account.customEvents());
    return Exchange.json(200, json.put("namesExistingId", account.namesExistingId()));
  }

  /** Only what is given changes. */
  private ApiResponse change(ObjectNode body) {
    HubSpotAccount account = engine.account();
    if (body.path("subscribedProperties").isArray()) {
      account.subscribeTo(names(body.path("subscribedProperties")));
    }
    if (body.path("requiredProperties").isArray()) {
      account.require(names(body.path("requiredProperties")));
    }
    account.useGenericSubscriptions(
        body.path("genericSubscriptions").asBoolean(account.genericSubscriptions()));
    account.allowCustomEvents(body.path("customEvents").asBoolean(account.customEvents()));
    account.nameExistingIds(body.path("namesExistingId").asBoolean(account.namesExistingId()));
    return account();
  }

  private static Set<String> names(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).collect(Collectors.toSet());
  }

  private ApiResponse create(ObjectNode body) {
    Map<String, String> properties = texts(body.path("properties"));
    long id =
        body.path("silent").asBoolean(false)
            ? engine.person().createSilently(properties)
            : engine.person().create(properties, author(body));
    return Exchange.json(201, Json.object().put("id", Long.toString(id)));
  }

  private ApiResponse change(ApiRequest request, long id, String action, ObjectNode body) {
    HubSpotPerson person = engine.person();
    Author author = author(body);
    switch (action) {
      case "PATCH" -> person.update(id, texts(body.path("properties")), author);
      case "DELETE" -> person.delete(id, author);
      case "POST restore" -> person.restore(id, author);
      case "POST gdpr-delete" -> person.gdprDelete(id, author);
      case "POST merge" -> person.merge(id, body.path("loser").asLong(0), author);
      case "POST emails" -> person.addSecondaryEmail(id, body.path("address").asString(""), author);
      default -> {
        return unknown(request);
      }
    }
    return Exchange.json(200, Json.object().put("id", Long.toString(id)));
  }

  private static Author author(ObjectNode body) {
    return Author.of(body.path("changeSource").asString("CRM_UI"));
  }

  static Map<String, String> texts(JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("expected an object of names and values");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEachEntry((name, value) -> texts.put(name, value.asString("")));
    return texts;
  }

  static ApiResponse unknown(ApiRequest request) {
    return Exchange.problem(
        404, "there is no " + request.method() + " " + request.path() + ", see the README");
  }
}
