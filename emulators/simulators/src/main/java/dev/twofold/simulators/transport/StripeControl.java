package dev.twofold.simulators.transport;

import dev.twofold.simulators.stripe.engine.Purchase;
import dev.twofold.simulators.stripe.engine.StripeEngine;
import dev.twofold.simulators.stripe.engine.StripePerson;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_simulator} of Stripe: what people do, what is there, and the page. */
final class StripeControl {
  private final StripeEngine engine;
  private final SharedControl shared;
  private final StripePage page;

  StripeControl(StripeEngine engine, SharedControl shared) {
    this.engine = engine;
    this.shared = shared;
    page = new StripePage(engine);
  }

  ApiResponse handle(ApiRequest request) {
    try {
      if (request.path().equals("/")) {
        return Exchange.html(page.whole());
      }
      return shared.handle(request).orElseGet(() -> own(request));
    } catch (StripePerson.Refused | IllegalArgumentException refused) {
      return Exchange.problem(400, String.valueOf(refused.getMessage()));
    }
  }

  private ApiResponse own(ApiRequest request) {
    List<String> parts = List.of(request.path().substring(1).split("/", -1));
    String route = request.method() + " " + parts.get(1);
    boolean one = parts.size() == 3;
    if (parts.size() > 3) {
      return HubSpotControl.unknown(request);
    }
    return switch (route) {
      case "GET state" -> Exchange.json(200, engine.state().json());
      case "GET changes" -> Exchange.json(200, engine.state().changes());
      case "GET live" -> Exchange.html(page.live());
      case "POST customers" -> create(SharedControl.body(request));
      case "PATCH customers" ->
          one ? update(parts.get(2), SharedControl.body(request)) : HubSpotControl.unknown(request);
      case "DELETE customers" -> one ? delete(parts.get(2)) : HubSpotControl.unknown(request);
      case "POST purchases" -> purchase(SharedControl.body(request));
      case "PUT secrets" -> secrets(SharedControl.body(request));
      case "PUT endpoint-limit" -> {
        engine.changeEndpointLimit(SharedControl.body(request).path("calls").asInt(0));
        yield Exchange.json(200, Json.object());
      }
      case "PUT twins" -> {
        engine.changeTwinRate(SharedControl.body(request).path("rate").asDouble(0));
        yield Exchange.json(200, Json.object());
      }
      default -> HubSpotControl.unknown(request);
    };
  }

  private ApiResponse create(ObjectNode body) {
    Map<String, String> parameters = HubSpotControl.texts(body.path("parameters"));
    String id =
        body.path("silent").asBoolean(false)
            ? engine.person().createSilently(parameters)
            : engine.person().create(parameters);
    return Exchange.json(201, Json.object().put("id", id));
  }

  private ApiResponse update(String id, ObjectNode body) {
    engine.person().update(id, HubSpotControl.texts(body.path("parameters")));
    return Exchange.json(200, Json.object().put("id", id));
  }

  private ApiResponse delete(String id) {
    engine.person().delete(id);
    return Exchange.json(200, Json.object().put("id", id));
  }

  private ApiResponse purchase(ObjectNode body) {
    Purchase purchase =
        new Purchase(
            text(body, "customer"),
            text(body, "email"),
            text(body, "name"),
            text(body, "description"),
            body.path("amount").asLong(0),
            body.path("currency").asString("chf"),
            Purchase.Kind.valueOf(body.path("kind").asString("payment").toUpperCase(Locale.ROOT)));
    return Exchange.json(201, Json.object().put("id", engine.person().purchase(purchase)));
  }

  private static @Nullable String text(ObjectNode body, String name) {
    String text = body.path(name).asString("");
    return text.isEmpty() ? null : text;
  }

  private ApiResponse secrets(ObjectNode body) {
    List<String> secrets = body.path("secrets").values().stream().map(JsonNode::asString).toList();
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("secrets must name at least one secret");
    }
    engine.changeWebhookSecrets(secrets);
    return Exchange.json(200, Json.object().put("active", secrets.size()));
  }
}
