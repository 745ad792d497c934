package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.HandClock;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.Delivery;
import dev.twofold.simulators.webhook.DeliveryAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** An engine on a clock moved by hand, with short ways to call it and to read its webhooks. */
final class HubSpotBench {
  static final String CONTACTS = "/crm/v3/objects/contacts";

  /** Status and parsed body of an answer. */
  record Answer(int status, JsonNode body, ApiResponse response) {
    String message() {
      return body.path("message").asString("");
    }

    String category() {
      return body.path("category").asString("");
    }

    JsonNode results() {
      return body.path("results");
    }
  }

  final HandClock clock = new HandClock();
  final HubSpotEngine engine;

  private HubSpotBench(HubSpotSettings settings) {
    engine = new HubSpotEngine(settings, clock, new Random(11));
  }

  /** Without a limit that gets in the way, and with a search that lags three seconds. */
  static HubSpotBench open() {
    return with(settings());
  }

  static HubSpotBench with(HubSpotSettings settings) {
    return new HubSpotBench(settings);
  }

  static HubSpotSettings settings() {
    return HubSpotSettings.local("https://sync.example.com/webhooks/hubspot/main")
        .withLimit(RateLimit.perSecond(10_000));
  }

  Answer call(String method, String target, String json) {
    return call(method, target, json, "Bearer pat-local-twofold");
  }

  Answer call(String method, String target, String json, String authorization) {
    Map<String, String> headers =
        Map.of("Authorization", authorization, "Content-Type", "application/json");
    ApiResponse response =
        engine.handle(
            ApiRequest.of(method, target, headers, json.getBytes(StandardCharsets.UTF_8)));
    JsonNode body = Json.read(response.body()).orElseGet(Json::object);
    return new Answer(response.status(), body, response);
  }

  Answer get(String target) {
    return call("GET", target, "");
  }

  Answer post(String target, String json) {
    return call("POST", target, json);
  }

  /** A contact made by a person; answers its id. */
  String contact(String email) {
    return Long.toString(engine.person().create(Map.of("email", email), Author.person()));
  }

  void uniqueProperty(String name) {
    post(
        "/crm/v3/properties/contacts",
        """
        {"name":"%s","label":"Id","groupName":"contactinformation","type":"string",
         "fieldType":"text","hasUniqueValue":true}
        """
            .formatted(name));
  }

  /** Delivers everything that is due within a second and answers the notices in their order. */
  List<JsonNode> notices() {
    List<JsonNode> notices = new ArrayList<>();
    clock.advance(Duration.ofSeconds(1));
    for (Delivery delivery : engine.webhooks().due(clock.instant())) {
      Json.read(delivery.body()).orElseThrow().forEach(notices::add);
      engine.webhooks().answered(delivery, new DeliveryAnswer.Status(204), clock.instant());
    }
    return notices;
  }

  static List<String> types(List<JsonNode> notices) {
    return notices.stream().map(one -> one.path("subscriptionType").asString("")).toList();
  }
}
