package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Both simulators: what people do there, what is there, and what the simulators have recorded. */
final class Sides {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CONTROL = "/_simulator/";

  private final LoopbackHttp http;
  private final String hubSpot;
  private final String stripe;

  Sides(LoopbackHttp http, Addresses addresses) {
    this(http, addresses.of(Part.HUBSPOT), addresses.of(Part.STRIPE));
  }

  Sides(LoopbackHttp http, String hubSpot, String stripe) {
    this.http = http;
    this.hubSpot = hubSpot;
    this.stripe = stripe;
  }

  String address(Part side) {
    return side == Part.HUBSPOT ? hubSpot : stripe;
  }

  JsonNode get(Part side, String what) throws InterruptedException {
    String url = address(side) + CONTROL + what;
    return http.get(url).json("GET " + url);
  }

  JsonNode send(Part side, String method, String what, ObjectNode body)
      throws InterruptedException {
    String url = address(side) + CONTROL + what;
    return http.send(method, url, body.toString()).json(method + " " + url);
  }

  /** Creates made-up people over that time; they are numbered from zero. */
  void bring(Part side, String prefix, int count, double seconds, String changeSource)
      throws InterruptedException {
    ObjectNode body = object().put("prefix", prefix).put("count", count).put("seconds", seconds);
    if (changeSource.isEmpty()) {
      body.put("silent", true);
    } else {
      body.put("changeSource", changeSource);
    }
    send(side, "POST", "import", body);
  }

  String createContact(Map<String, String> properties, boolean silent) throws InterruptedException {
    ObjectNode body = object().put("silent", silent);
    properties(body, "properties", properties);
    return send(Part.HUBSPOT, "POST", "contacts", body).path("id").asString("");
  }

  String createCustomer(Map<String, String> parameters, boolean silent)
      throws InterruptedException {
    ObjectNode body = object().put("silent", silent);
    properties(body, "parameters", parameters);
    return send(Part.STRIPE, "POST", "customers", body).path("id").asString("");
  }

  void changeContact(String contact, Map<String, String> properties) throws InterruptedException {
    ObjectNode body = object();
    properties(body, "properties", properties);
    send(Part.HUBSPOT, "PATCH", "contacts/" + contact, body);
  }

  void changeCustomer(String customer, Map<String, String> parameters) throws InterruptedException {
    ObjectNode body = object();
    properties(body, "parameters", parameters);
    send(Part.STRIPE, "PATCH", "customers/" + customer, body);
  }

  String buy(String customer, long amount) throws InterruptedException {
    ObjectNode body = object().put("customer", customer).put("amount", amount);
    return send(Part.STRIPE, "POST", "purchases", body.put("currency", "chf"))
        .path("id")
        .asString("");
  }

  private static void properties(ObjectNode body, String name, Map<String, String> values) {
    values.forEach(body.putObject(name)::put);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
