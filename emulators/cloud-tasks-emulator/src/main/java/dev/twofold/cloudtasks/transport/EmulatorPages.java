package dev.twofold.cloudtasks.transport;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.QueueStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the emulator serves beside Google's API: its page, its state, metrics, reset, the tokens'
 * keys, and the list of locations, for which the gRPC service has no call.
 */
final class EmulatorPages {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final EngineHost host;
  private final TokenIssuer tokens;
  private final Runnable reset;
  private final HttpData page = HttpData.wrap(resource("page.html"));

  EmulatorPages(EngineHost host, TokenIssuer tokens, Runnable reset) {
    this.host = host;
    this.tokens = tokens;
    this.reset = reset;
  }

  void addTo(ServerBuilder server) {
    Metrics metrics = new Metrics(host);
    server
        .service("/", (context, request) -> html(page))
        .service("/emulator/health", (context, request) -> json("{\"status\":\"UP\"}"))
        .service("/emulator/state", (context, request) -> json(state()))
        .service("/metrics", (context, request) -> metrics.response())
        .service(
            "/.well-known/openid-configuration", (context, request) -> json(tokens.discovery()))
        .service("/oauth2/v3/certs", (context, request) -> json(tokens.keySet()));
    server.route().post("/emulator/reset").build((context, request) -> forget());
    for (String version : List.of("v2", "v2beta2", "v2beta3")) {
      server
          .route()
          .get("/" + version + "/projects/{project}/locations")
          .build((context, request) -> json(locations(parameter(context, "project"))));
      server
          .route()
          .get("/" + version + "/projects/{project}/locations/{location}")
          .build((context, request) ->
              json(
                  JSON.writeValueAsString(
                      location(parameter(context, "project"), parameter(context, "location")))));
    }
  }

  private HttpResponse forget() {
    reset.run();
    return json("{}");
  }

  private String state() {
    return host.request((engine, now) -> {
      List<Map<String, @Nullable Object>> queues =
          engine.queues().stream()
              .map(queue -> state(queue, engine.stats(queue.name(), now)))
              .toList();
      return JSON.writeValueAsString(Map.of("now", now.toString(), "queues", queues));
    });
  }

  private static Map<String, @Nullable Object> state(QueueSnapshot queue, QueueStats stats) {
    Instant oldest = stats.oldestArrival();
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("name", queue.name().path());
    state.put("state", queue.state().name());
    state.put("limit", queue.settings().rateLimits().maxDispatchesPerSecond());
    state.put("burst", queue.burst());
    state.put("concurrentLimit", queue.settings().rateLimits().maxConcurrentDispatches());
    state.put("tasks", stats.tasks());
    state.put("oldestDue", oldest == null ? null : oldest.toString());
    state.put("dispatchedLastSecond", stats.dispatchedLastSecond());
    state.put("executedLastMinute", stats.executedLastMinute());
    state.put("effectiveRate", stats.effectiveRate());
    state.put("concurrent", stats.concurrent());
    state.put("tombstones", stats.tombstones());
    state.put("created", stats.totals().created());
    state.put("dispatched", stats.totals().dispatched());
    state.put("succeeded", stats.totals().succeeded());
    state.put("failed", stats.totals().failed());
    state.put("exhausted", stats.totals().exhausted());
    state.put("lastResponse", words(stats.totals().lastAnswer()));
    return state;
  }

  private static @Nullable String words(@Nullable Answer answer) {
    return switch (answer) {
      case null -> null;
      case Answer.Status status -> Integer.toString(status.code());
      case Answer.TimedOut _ -> "timed out";
      case Answer.NoResponse _ -> "no response";
    };
  }

  // Every location is accepted; listed are two that people use and those that have queues.
  private String locations(String project) {
    Map<String, Map<String, Object>> locations = new TreeMap<>();
    List.of("europe-west1", "us-central1").forEach(id -> locations.put(id, location(project, id)));
    host.request((engine, now) -> engine.queues()).stream()
        .map(queue -> queue.name().location())
        .filter(location -> location.project().equals(project))
        .map(LocationName::location)
        .forEach(id -> locations.put(id, location(project, id)));
    return JSON.writeValueAsString(Map.of("locations", locations.values()));
  }

  private static Map<String, Object> location(String project, String id) {
    return Map.of(
        "name", new LocationName(project, id).path(),
        "locationId", id,
        "labels", Map.of("cloud.googleapis.com/region", id));
  }

  private static String parameter(ServiceRequestContext context, String name) {
    return Objects.requireNonNull(context.pathParam(name), name);
  }

  private static HttpResponse json(String body) {
    return HttpResponse.of(MediaType.JSON_UTF_8, body);
  }

  private static HttpResponse html(HttpData body) {
    return HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, body);
  }

  private static byte[] resource(String name) {
    try (InputStream input = EmulatorPages.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return input.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + name, broken);
    }
  }
}
