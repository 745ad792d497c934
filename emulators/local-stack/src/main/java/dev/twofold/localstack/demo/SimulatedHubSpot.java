package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.LoopbackHttp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HubSpot simulator as a person at its pages uses it. Nothing here counts as an API call of the
 * app, nor is taken for one of its own changes.
 */
public final class SimulatedHubSpot {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LoopbackHttp http;
  private final String base;

  SimulatedHubSpot(LoopbackHttp http, String base) {
    this.http = http;
    this.base = base;
  }

  /** Enters somebody, as a person does. */
  public void enter(Person person) throws InterruptedException {
    create(person, false);
  }

  /** Puts somebody there who was there before the app was installed: nobody is notified. */
  public void enterSilently(Person person) throws InterruptedException {
    create(person, true);
  }

  private void create(Person person, boolean silently) throws InterruptedException {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("email", person.email());
    properties.put("firstname", person.firstName());
    properties.put("lastname", person.lastName());
    if (!person.phone().isBlank()) {
      properties.put("phone", person.phone());
    }
    ObjectNode body = JSON.createObjectNode();
    properties.forEach(body.putObject("properties")::put);
    body.put("silent", silently);
    send("POST", "/_simulator/contacts", body);
  }

  /** Changes a contact's phone number, as a person does. */
  public void changePhone(String contact, String phone) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("properties").put("phone", phone);
    send("PATCH", "/_simulator/contacts/" + contact, body);
  }

  /** What it holds now. */
  public HubSpotView look() throws InterruptedException {
    String url = base + "/_simulator/state";
    JsonNode state = http.get(url).json("GET " + url);
    List<HubSpotView.Contact> contacts = new ArrayList<>();
    for (JsonNode contact : state.path("contacts")) {
      if (!contact.path("archived").asBoolean(false)) {
        contacts.add(contact(contact.path("id").asString(""), contact.path("properties")));
      }
    }
    List<HubSpotView.Event> events = new ArrayList<>();
    for (JsonNode event : state.path("events")) {
      events.add(event(event, event.path("properties")));
    }
    return new HubSpotView(contacts, events);
  }

  private static HubSpotView.Contact contact(String id, JsonNode properties) {
    return new HubSpotView.Contact(
        id,
        properties.path("email").asString(""),
        properties.path("firstname").asString(""),
        properties.path("lastname").asString(""),
        properties.path("phone").asString(""),
        properties.path("stripe_customer_id").asString(""));
  }

  private static HubSpotView.Event event(JsonNode event, JsonNode properties) {
    return new HubSpotView.Event(
        event.path("uuid").asString(""),
        event.path("contactId").asString(""),
        properties.path("purchase_id").asString(""),
        properties.path("amount").asString(""),
        properties.path("currency").asString(""),
        properties.path("customer_id").asString(""));
  }

  private void send(String method, String path, ObjectNode body) throws InterruptedException {
    http.send(method, base + path, body.toString()).json(method + " " + base + path);
  }
}
