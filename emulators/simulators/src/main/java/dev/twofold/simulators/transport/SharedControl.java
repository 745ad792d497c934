package dev.twofold.simulators.transport;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.CallLog;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.Faults;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.WebhookSchedule;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the control API that both simulators have: counts, faults, limits, webhooks. */
final class SharedControl {
  private static final int SHOWN_CALLS = 100;
  private static final int SHOWN_ATTEMPTS = 500;

  /** What the control API may touch in an engine. */
  record Engine(
      CallLog calls,
      Faults faults,
      WebhookSchedule webhooks,
      IntSupplier limit,
      IntConsumer changeLimit,
      Runnable reset,
      IntSupplier records) {}

  private final Engine engine;
  private final BulkImport imports;
  private final InstantSource clock;

  SharedControl(Engine engine, BulkImport imports, InstantSource clock) {
    this.engine = engine;
    this.imports = imports;
    this.clock = clock;
  }

  /** The answer, or nothing where the path is not one of these. */
  Optional<ApiResponse> handle(ApiRequest request) {
    refuseForms(request);
    String route = request.method() + " " + request.path().substring("/_simulator".length());
    return switch (route) {
      case "GET /health" -> ok(Json.object().put("status", "UP"));
      case "GET /stats" -> ok(stats());
      case "GET /calls" -> ok(calls(request));
      case "GET /webhooks" -> ok(webhooks());
      case "GET /deliveries" -> ok(deliveries());
      case "PUT /webhooks" -> {
        engine.webhooks().change(changed(engine.webhooks().settings(), body(request)));
        yield ok(webhooks());
      }
      case "GET /faults" -> ok(faults());
      case "POST /faults" -> {
        engine.faults().add(fault(body(request), clock.instant()));
        yield ok(faults());
      }
      case "DELETE /faults" -> {
        engine.faults().clear();
        yield ok(faults());
      }
      case "PUT /latency" -> {
        JsonNode body = body(request);
        engine
            .faults()
            .delayAnswers(
                Duration.ofMillis(body.path("medianMillis").asLong(0)),
                Duration.ofMillis(body.path("p99Millis").asLong(0)));
        yield ok(faults());
      }
      case "PUT /limit" -> {
        engine.changeLimit().accept(body(request).path("calls").asInt(0));
        yield ok(stats());
      }
      case "POST /import" -> ok(imports.start(body(request)));
      case "POST /reset" -> {
        imports.cancel();
        engine.reset().run();
        yield ok(stats());
      }
      default -> Optional.empty();
    };
  }

  private static Optional<ApiResponse> ok(ObjectNode body) {
    return Optional.of(Exchange.json(200, body));
  }

  /** Only JSON may change anything, so that no foreign page can post a form here. */
  private static void refuseForms(ApiRequest request) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (request.method().equals("POST") && !type.startsWith("application/json")) {
      throw new IllegalArgumentException("expected the content type application/json");
    }
  }

  static ObjectNode body(ApiRequest request) {
    if (Json.read(request.body()).orElse(null) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("expected a JSON object");
  }

  ObjectNode stats() {
    CallLog calls = engine.calls();
    ObjectNode stats = Json.object().put("calls", calls.total());
    stats.put("records", engine.records().getAsInt());
    stats.put("highestPerSecond", calls.highestPerSecond()).put("limit", engine.limit().getAsInt());
    stats.put("tooMany", calls.perStatus().getOrDefault(429, 0L));
    stats.put("lastCallAt", calls.lastCallAt().map(Instant::toString).orElse(null));
    ObjectNode endpoints = stats.putObject("endpoints");
    calls.perEndpoint().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> endpoints.put(entry.getKey(), entry.getValue()));
    ObjectNode statuses = stats.putObject("statuses");
    calls.perStatus().forEach((status, count) -> statuses.put(status.toString(), count));
    stats.set("webhooks", counts());
    stats.set("imports", imports.json());
    return stats.put("now", clock.instant().toString());
  }

  private ObjectNode counts() {
    WebhookSchedule.Counts counts = engine.webhooks().counts();
    int pending = counts.waiting() + counts.retrying() + counts.inFlight();
    return Json.object()
        .put("notices", counts.notices())
        .put("pending", pending)
        .put("waiting", counts.waiting())
        .put("retrying", counts.retrying())
        .put("inFlight", counts.inFlight())
        .put("delivered", counts.delivered())
        .put("failedAttempts", counts.failedAttempts())
        .put("givenUp", counts.givenUp());
  }

  private ObjectNode calls(ApiRequest request) {
    String limit = request.parameter("limit").orElse(Integer.toString(SHOWN_CALLS));
    int shown = limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : SHOWN_CALLS;
    ObjectNode json = Json.object();
    ArrayNode calls = json.putArray("calls");
    for (CallLog.Call call : engine.calls().newest(shown)) {
      calls
          .addObject()
          .put("at", call.at().toString())
          .put("endpoint", call.endpoint())
          .put("status", call.status())
          .put("lost", call.lost())
          .put("note", call.note());
    }
    return json;
  }

  private ObjectNode webhooks() {
    WebhookSettings settings = engine.webhooks().settings();
    ObjectNode json = Json.object().put("url", settings.url());
    json.put("signedUrl", settings.signedUrl()).put("maxPerDelivery", settings.maxPerDelivery());
    json.put("groupingMillis", settings.groupingDelay().toMillis());
    json.put("concurrency", settings.concurrency()).put("compression", settings.compression());
    json.put("repeatRate", settings.repeatRate()).put("disorderRate", settings.disorderRate());
    json.put("disorderMillis", settings.disorderMax().toMillis());
    json.set("counts", counts());
    ArrayNode attempts = json.putArray("attempts");
    engine
        .webhooks()
        .newestAttempts(SHOWN_ATTEMPTS)
        .forEach(attempt ->
            attempts
                .addObject()
                .put("sentAt", attempt.sentAt().toString())
                .put("delivery", attempt.delivery())
                .put("attempt", attempt.attempt())
                .put("notices", attempt.notices())
                .put("answer", attempt.answer())
                .put("kinds", attempt.kinds()));
    return json;
  }

  /** Every kept attempt, oldest first: when it left, how long its answer took, what it told of. */
  private ObjectNode deliveries() {
    ObjectNode json = Json.object();
    ArrayNode deliveries = json.putArray("deliveries");
    for (WebhookSchedule.Attempt attempt :
        engine.webhooks().newestAttempts(WebhookSchedule.KEPT).reversed()) {
      ObjectNode one = deliveries.addObject().put("sentAt", attempt.sentAt().toEpochMilli());
      one.put(
          "tookMicros", Duration.between(attempt.sentAt(), attempt.answeredAt()).toNanos() / 1_000);
      one.put("attempt", attempt.attempt()).put("answer", attempt.answer());
      ArrayNode about = one.putArray("about");
      attempt.about().forEach(about::add);
    }
    return json;
  }

  private static WebhookSettings changed(WebhookSettings old, ObjectNode body) {
    return new WebhookSettings(
        body.path("url").asString(old.url()),
        body.path("signedUrl").asString(old.signedUrl()),
        body.path("maxPerDelivery").asInt(old.maxPerDelivery()),
        Duration.ofMillis(body.path("groupingMillis").asLong(old.groupingDelay().toMillis())),
        body.path("concurrency").asInt(old.concurrency()),
        body.path("compression").asDouble(old.compression()),
        body.path("repeatRate").asDouble(old.repeatRate()),
        body.path("disorderRate").asDouble(old.disorderRate()),
        Duration.ofMillis(body.path("disorderMillis").asLong(old.disorderMax().toMillis())));
  }

  private ObjectNode faults() {
    ObjectNode json = Json.object();
    json.put("medianMillis", engine.faults().median().toMillis());
    json.put("p99Millis", engine.faults().ninetyNinth().toMillis());
    ArrayNode list = json.putArray("faults");
    for (Fault fault : engine.faults().inForce(clock.instant())) {
      ObjectNode one = list.addObject().put("kind", fault.kind().name().toLowerCase(Locale.ROOT));
      one.put("status", fault.status()).put("probability", fault.probability());
      one.put("count", fault.count() == Fault.UNLIMITED ? null : (Integer) fault.count());
      one.put("effect", fault.effect()).put("method", fault.method()).put("path", fault.path());
      one.put("reason", fault.reason());
      one.put("until", fault.until() == null ? null : fault.until().toString());
    }
    return json;
  }

  /** From {@code {"kind":"error","status":500,"probability":0.2,...}}. */
  private static Fault fault(ObjectNode body, Instant now) {
    String kind = body.path("kind").asString("");
    Fault fault =
        switch (kind) {
          case "error" -> Fault.error(body.path("status").asInt(500));
          case "lost" -> Fault.lostAnswer();
          case "outage" -> Fault.outage();
          case "storm" -> Fault.storm();
          case "lock" -> Fault.lock();
          default ->
              throw new IllegalArgumentException(
                  "kind must be error, lost, outage, storm or lock, not '" + kind + "'");
        };
    fault =
        fault
            .withProbability(body.path("probability").asDouble(1))
            .times(body.path("count").asInt(Fault.UNLIMITED))
            .on(body.path("method").asString(""), body.path("path").asString(""))
            .because(body.path("reason").asString(""));
    if (body.path("effect").asBoolean(false)) {
      fault = fault.afterTheEffect();
    }
    return body.has("seconds")
        ? fault.until(now.plusMillis((long) (1_000 * body.path("seconds").asDouble(0))))
        : fault;
  }
}
