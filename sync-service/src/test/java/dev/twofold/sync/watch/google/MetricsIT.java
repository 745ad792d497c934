package dev.twofold.sync.watch.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twofold.cloudtasks.CloudTasksEmulator;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.simulators.HubSpotSimulator;
import dev.twofold.simulators.StripeSimulator;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.sync.SyncApplication;
import dev.twofold.sync.dispatch.Queue;
import dev.twofold.sync.emulator.FirestoreEmulator;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.setup.Setup;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.tenant.TenantStore;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service as it runs on Google Cloud, in both roles, over the official Firestore emulator, the
 * Cloud Tasks emulator and the simulators; and everything it tells Google about its work.
 */
class MetricsIT {

  private static final String PERSON = "anna.metrics@example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PROJECT = "twofold-local";

  private static final TenantId TENANT =
      new TenantId("flow-" + UUID.randomUUID().toString().substring(0, 8));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TelemetryReceiver told;
  private static PushingTopic topic;
  private static CloudTasksEmulator queues;
  private static HubSpotSimulator hubspot;
  private static StripeSimulator stripe;

  @BeforeAll
  static void work() throws Exception {
    String firestore = FirestoreEmulator.host();
    told = new TelemetryReceiver();
    topic = new PushingTopic(TENANT.value());
    queues = queues();
    hubspot =
        HubSpotSimulator.builder()
            .settings(HubSpotSettings.local(topic.address("hubspot")))
            .listen(anyPort())
            .start();
    stripe =
        StripeSimulator.builder()
            .settings(StripeSettings.local(topic.address("stripe")))
            .listen(anyPort())
            .start();
    int port = freePort();
    topic.pushTo("http://127.0.0.1:" + port + "/notices");
    try (ConfigurableApplicationContext service = start(firestore, port)) {
      TenantStore tenants = service.getBean(TenantStore.class);
      tenants.update(TENANT, fresh -> fresh.in(TenantState.LIVE, null, null));
      var _ = service.getBean(Setup.class).run(line -> {});
      live(service, port);
    }
  }

  /** What happens in the life of a tenant, each thing once. */
  private static void live(ConfigurableApplicationContext service, int port) throws Exception {
    URI contacts = hubspot.address().resolve("/_simulator/contacts");
    post(contacts, "{\"properties\": {\"email\": \"%s\", \"firstname\": \"Anna\"}}", PERSON);
    await().atMost(PATIENCE).until(() -> customers() == 1 && contactIsMarked());

    // Three that go to HubSpot in one batch: they wait until all are there, and for a drain that
    // asks for none of them in particular.
    QueueName drains = queue(Queue.HUBSPOT);
    queues.pauseQueue(drains);
    URI people = stripe.address().resolve("/_simulator/customers");
    for (String name : List.of("bob", "cem", "dua")) {
      post(people, "{\"parameters\": {\"email\": \"%s@example.com\", \"name\": \"X Y\"}}", name);
    }
    LinkStore links = service.getBean(LinkStore.class);
    await().atMost(PATIENCE).until(() -> links.rows(TENANT) == 3);
    URI own = URI.create("http://127.0.0.1:" + port);
    assertThat(post(own.resolve("/writes/hubspot/" + TENANT + "/drain"), "%s", "{}"))
        .isEqualTo(204);
    queues.resumeQueue(drains);
    await().atMost(PATIENCE).until(() -> contacts() == 4);

    fault(hubspot.address(), "{\"kind\": \"storm\", \"count\": 1}");
    post(
        stripe.address().resolve("/_simulator/purchases"),
        "{\"customer\": \"%s\", \"amount\": 100, \"currency\": \"eur\"}",
        state(stripe.address()).path("customers").get(0).path("id").asString());
    await().atMost(PATIENCE).until(() -> state(hubspot.address()).path("events").size() == 1);

    assertThat(topic.push("stripe", "not even JSON")).isEqualTo(204);
    refuseACreate(422);
    post(contacts, "{\"properties\": {\"email\": \"%s\"}}", "refused@example.com");
    await().atMost(PATIENCE).until(() -> !links.parked(TENANT, 9).isEmpty());
    refuseACreate(401);
    post(contacts, "{\"properties\": {\"email\": \"%s\"}}", "denied@example.com");
    TenantStore tenants = service.getBean(TenantStore.class);
    await()
        .atMost(PATIENCE)
        .until(() -> tenants.load(TENANT).orElseThrow().state() == TenantState.BROKEN);

    assertThat(post(own.resolve("/writes/sweep/" + TENANT), "%s", "{}")).isEqualTo(204);
    HttpRequest foreign =
        HttpRequest.newBuilder(own.resolve("/tenants"))
            .header("Sec-Fetch-Site", "cross-site")
            .build();
    assertThat(HTTP.send(foreign, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
  }

  @AfterAll
  static void stop() {
    stripe.close();
    hubspot.close();
    queues.close();
    topic.close();
    told.close();
    HTTP.close();
  }

  @Test
  void exportsWhatTheTableListsAndNothingElse() throws IOException {
    Map<String, String> kinds = new TreeMap<>();
    Map<String, Set<String>> tags = new TreeMap<>();
    MetricsPage.read()
        .forEach((name, line) -> {
          if (line.services().contains("notices") || line.services().contains("writes")) {
            kinds.put(name, line.kind());
            tags.put(name, new TreeSet<>(line.tags()));
          }
        });

    assertThat(told.kinds()).isEqualTo(kinds);
    assertThat(told.tags()).isEqualTo(tags);
  }

  @Test
  void countsWhatBecameOfNoticesAndWrites() {
    assertThat(points("twofold.notices", "side", "outcome"))
        .containsKeys("hubspot merged", "stripe merged", "stripe dropped")
        .containsEntry("stripe parked", 1.0);
    assertThat(points("twofold.writes", "side", "kind", "outcome"))
        .containsEntry("stripe create done", 1.0)
        .containsEntry("hubspot create done", 3.0)
        .containsEntry("hubspot event done", 1.0)
        .containsEntry("stripe create parked", 1.0)
        .containsEntry("stripe create broken", 1.0);
    assertThat(points("twofold.writes", "outcome")).containsKey("retry_all");
    assertThat(points("twofold.parked", "side")).containsEntry("stripe", 2.0);
    assertThat(points("twofold.commits", "outcome")).containsKey("done");
  }

  @Test
  void showsHowTheAccountsStand() {
    assertThat(points("twofold.connection.broken", "side"))
        .containsEntry("stripe", 1.0)
        .containsEntry("hubspot", 0.0);
    assertThat(points("twofold.limit.lowered", "side").get("hubspot")).isEqualTo(1);
    assertThat(points("twofold.limit.current", "side", "scope")).containsEntry("stripe all", 100.0);
    assertThat(points("twofold.limit.use", "side").values()).allMatch(use -> use > 0 && use < 1);
  }

  @Test
  void measuresHowLateAChangeIsVisible() {
    Map<String, Double> slowest = new TreeMap<>();
    for (Metric metric : told.metrics()) {
      if (metric.getName().equals("twofold.freshness")) {
        metric
            .getHistogram()
            .getDataPointsList()
            .forEach(point ->
                slowest.merge(
                    TelemetryReceiver.attributes(point.getAttributesList()).get("direction"),
                    point.getSum() / point.getCount(),
                    Math::max));
      }
    }

    assertThat(slowest).containsOnlyKeys("to_hubspot", "to_stripe");
    assertThat(slowest.values()).allMatch(seconds -> seconds > 0 && seconds < 60);
  }

  @Test
  void followsAContactFromItsNoticeToStripesAnswer() {
    String trace = topic.pushed("contact.creation").getFirst().trace();

    assertThat(names(trace))
        .contains(
            "notices",
            "commit",
            "http post /writes/stripe/{tenant}/{link}/{number}",
            "stripe.call");
  }

  @Test
  void followsEachCustomerOfABatchToHubSpotsAnswer() {
    List<PushingTopic.Pushed> customers = topic.pushed("customer.created");
    List<String> traces =
        customers.stream()
            .filter(each -> !each.body().contains(PERSON))
            .map(PushingTopic.Pushed::trace)
            .toList();

    // A drain that was under way when its queue was paused may have taken the first one alone; its
    // call then is in that customer's own trace.
    assertThat(traces)
        .hasSize(3)
        .allSatisfy(trace -> assertThat(names(trace)).containsAnyOf("hubspot.row", "hubspot.call"));
    assertThat(told.spans())
        .filteredOn(span -> span.getName().equals("hubspot.call"))
        .anySatisfy(span ->
            assertThat(span.getLinksList().stream().map(MetricsIT::trace))
                .containsExactlyInAnyOrderElementsOf(traces));
  }

  @Test
  void tellsNothingOfPeople() {
    for (Span span : told.spans()) {
      assertThat(span.toString()).doesNotContain("example.com").doesNotContain("http.url");
    }
    assertThat(told.metrics().toString()).doesNotContain("example.com");
  }

  @Test
  void saysWhoItIsAndWithWhatRight() {
    assertThat(told.authorizations()).containsExactly("Bearer token-of-this-service");
    assertThat(told.resource())
        .containsEntry("service.name", "twofold-writes")
        .containsEntry("cloud.region", "europe-west4")
        .hasEntrySatisfying("service.instance.id", id -> assertThat(id).hasSizeGreaterThan(30));
  }

  private static String trace(Span.Link link) {
    return HexFormat.of().formatHex(link.getTraceId().toByteArray());
  }

  private static List<String> names(String trace) {
    return told.spans().stream()
        .filter(span -> TelemetryReceiver.trace(span).equals(trace))
        .map(Span::getName)
        .toList();
  }

  /** The sums of a figure by the values of these tags. */
  private static Map<String, Double> points(String name, String... tags) {
    Map<String, Double> points = new TreeMap<>();
    Metric last =
        told.metrics().stream().filter(each -> each.getName().equals(name)).toList().getLast();
    List<NumberDataPoint> all =
        last.hasSum() ? last.getSum().getDataPointsList() : last.getGauge().getDataPointsList();
    for (NumberDataPoint point : all) {
      Map<String, String> values = TelemetryReceiver.attributes(point.getAttributesList());
      String key = String.join(" ", Arrays.stream(tags).map(values::get).toList());
      points.merge(key, point.getAsDouble(), Double::sum);
    }
    return points;
  }

  private static int customers() throws Exception {
    return state(stripe.address()).path("customers").size();
  }

  private static int contacts() throws Exception {
    return state(hubspot.address()).path("contacts").size();
  }

  private static boolean contactIsMarked() throws Exception {
    JsonNode contact = state(hubspot.address()).path("contacts").get(0);
    return !contact.path("properties").path("stripe_customer_id").asString("").isEmpty();
  }

  private static JsonNode state(URI simulator) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(simulator.resolve("/_simulator/state")).build();
    return JsonMapper.shared().readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  private static void fault(URI simulator, String fault) throws Exception {
    assertThat(post(simulator.resolve("/_simulator/faults"), "%s", fault)).isEqualTo(200);
  }

  private static void refuseACreate(int status) throws Exception {
    fault(
        stripe.address(),
        "{\"kind\": \"error\", \"status\": %d, \"count\": 1, \"method\": \"POST\"}"
            .formatted(status));
  }

  private static int post(URI address, String body, String value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.formatted(value)))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static CloudTasksEmulator queues() {
    CloudTasksEmulator.Builder builder = CloudTasksEmulator.builder().port(0);
    for (Queue queue : Queue.values()) {
      builder.queue(queue(queue), QueueSettings.DEFAULT);
    }
    return builder.start();
  }

  private static QueueName queue(Queue queue) {
    return QueueName.of(PROJECT, "europe-west1", TENANT + "-" + queue.label());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Tasks name the service's address, so it must be known before the service starts. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ConfigurableApplicationContext start(String firestore, int port) {
    SpringApplication application = new SpringApplication(SyncApplication.class, Credentials.class);
    return application.run(
        "--spring.profiles.active=cloud",
        "--spring.main.allow-bean-definition-overriding=true",
        "--server.port=" + port,
        "--BIND_ADDRESS=127.0.0.1",
        "--LOG_FORMAT=",
        "--ACCESS_GUARD=loopback",
        "--K_SERVICE=twofold-writes",
        "--ROLES=notices,writes",
        "--GOOGLE_CLOUD_PROJECT=" + PROJECT,
        "--GOOGLE_CLOUD_REGION=europe-west4",
        "--FIRESTORE_EMULATOR_HOST=" + firestore,
        "--CLOUD_TASKS_EMULATOR_HOST=" + queues.endpoint(),
        "--WRITES_BASE_URL=http://127.0.0.1:" + port,
        "--HUBSPOT_API_BASE=" + hubspot.address(),
        "--STRIPE_API_BASE=" + stripe.address(),
        "--TELEMETRY_URL=" + told.address(),
        "--TRACE_SAMPLING=1",
        "--HUBSPOT_ACCESS_TOKEN=",
        "--STRIPE_API_KEY=",
        "--twofold.delivery.sweep-timer=false",
        "--twofold.tenants." + TENANT + ".hubspot.app-id=77001",
        "--twofold.tenants." + TENANT + ".hubspot.portal-id=900100",
        "--twofold.credentials." + TENANT + ".hubspot=pat-local-twofold",
        "--twofold.credentials." + TENANT + ".stripe=sk_test_twofold_local");
  }

  /** Stands for the account that Cloud Run gives the service. */
  static final class Credentials {

    @Bean
    GoogleAuthorization telemetryAuthorization() {
      Date late = Date.from(Instant.parse("2099-01-01T00:00:00Z"));
      return new GoogleAuthorization(
          () -> GoogleCredentials.create(new AccessToken("token-of-this-service", late)),
          URI.create("https://telemetry.googleapis.com"));
    }
  }
}
