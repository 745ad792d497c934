package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.HandClock;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.Delivery;
import dev.twofold.simulators.webhook.DeliveryAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An engine on a clock moved by hand, with short ways to call it and to read its webhooks. */
final class StripeBench {
  static final String CUSTOMERS = "/v1/customers";

  /** Status and parsed body of an answer. */
  record Answer(int status, JsonNode body, ApiResponse response) {
    String id() {
      return body.path("id").asString("");
    }

    String code() {
      return body.path("error").path("code").asString("");
    }

    String message() {
      return body.path("error").path("message").asString("");
    }

    List<String> ids() {
      return body.path("data").values().stream().map(one -> one.path("id").asString("")).toList();
    }
  }

  final HandClock clock = new HandClock();
  final StripeEngine engine;

  private StripeBench(StripeSettings settings) {
    engine = new StripeEngine(settings, clock, new Random(13));
  }

  /** Without a limit that gets in the way, and hearing of every event. */
  static StripeBench open() {
    return with(
        StripeSettings.local("https://sync.example.com/webhooks/stripe/main")
            .withLimits(RateLimit.perSecond(100_000), RateLimit.perSecond(100_000)));
  }

  static StripeBench with(StripeSettings settings) {
    return new StripeBench(settings);
  }

  Answer call(String method, String target, String form, @Nullable String key) {
    Map<String, String> headers =
        key == null
            ? Map.of("Authorization", "Bearer sk_test_twofold_local")
            : Map.of("Authorization", "Bearer sk_test_twofold_local", "Idempotency-Key", key);
    return call(ApiRequest.of(method, target, headers, form.getBytes(StandardCharsets.UTF_8)));
  }

  Answer call(ApiRequest request) {
    return call(request, clock.instant());
  }

  private Answer call(ApiRequest request, Instant arrivedAt) {
    ApiResponse response = engine.handle(request, arrivedAt);
    JsonNode body = Json.read(response.body()).orElseGet(Json::object);
    return new Answer(response.status(), body, response);
  }

  /** A call that arrived then, and comes to its turn now. */
  Answer getArrived(String target, Instant arrivedAt) {
    ApiRequest request =
        ApiRequest.of(
            "GET", target, Map.of("Authorization", "Bearer sk_test_twofold_local"), new byte[0]);
    return call(request, arrivedAt);
  }

  Answer get(String target) {
    return call("GET", target, "", null);
  }

  Answer post(String target, String form) {
    return call("POST", target, form, null);
  }

  /** A customer made by API; answers its id. */
  String customer(String form) {
    return post(CUSTOMERS, form).id();
  }

  /** Delivers everything that is due and answers with the given status. */
  List<JsonNode> events(int status) {
    List<JsonNode> events = new ArrayList<>();
    clock.advance(Duration.ofSeconds(1));
    for (Delivery delivery : engine.webhooks().due(clock.instant())) {
      events.add(Json.read(delivery.body()).orElseThrow());
      engine.webhooks().answered(delivery, new DeliveryAnswer.Status(status), clock.instant());
    }
    return events;
  }

  static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString("")).toList();
  }
}
