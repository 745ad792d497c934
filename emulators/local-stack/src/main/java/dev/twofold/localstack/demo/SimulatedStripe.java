package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.LoopbackHttp;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Stripe simulator as a person at its Dashboard uses it, and a buyer at a checkout. Nothing
 * here counts as an API call of the app, nor carries its idempotency key.
 */
public final class SimulatedStripe {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LoopbackHttp http;
  private final String base;

  SimulatedStripe(LoopbackHttp http, String base) {
    this.http = http;
    this.base = base;
  }

  /** Enters somebody, as a person does. */
  public void enter(Person person) throws InterruptedException {
    create(person, false);
  }

  /** Puts somebody there who was there before the webhook endpoint: no event is made. */
  public void enterSilently(Person person) throws InterruptedException {
    create(person, true);
  }

  private void create(Person person, boolean silently) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("silent", silently);
    ObjectNode parameters = body.putObject("parameters");
    parameters.put("email", person.email()).put("name", person.fullName());
    if (!person.phone().isBlank()) {
      parameters.put("phone", person.phone());
    }
    send("POST", "/_simulator/customers", body);
  }

  /** Changes a customer's name, as a person does. */
  public void changeName(String customer, String name) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("parameters").put("name", name);
    send("PATCH", "/_simulator/customers/" + customer, body);
  }

  /** Buys something; answers the purchase's id. */
  public String buy(String customer, long amount, String currency) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("customer", customer).put("amount", amount).put("currency", currency);
    return send("POST", "/_simulator/purchases", body).path("id").asString("");
  }

  /** What it holds now. */
  public StripeView look() throws InterruptedException {
    String url = base + "/_simulator/state";
    JsonNode state = http.get(url).json("GET " + url);
    List<StripeView.Customer> customers = new ArrayList<>();
    for (JsonNode customer : state.path("customers")) {
      customers.add(
          new StripeView.Customer(
              customer.path("id").asString(""),
              customer.path("email").asString(""),
              customer.path("name").asString(""),
              customer.path("phone").asString(""),
              customer.path("metadata").path("hubspot_contact_id").asString("")));
    }
    return new StripeView(customers);
  }

  private JsonNode send(String method, String path, ObjectNode body) throws InterruptedException {
    return http.send(method, base + path, body.toString()).json(method + " " + base + path);
  }
}
