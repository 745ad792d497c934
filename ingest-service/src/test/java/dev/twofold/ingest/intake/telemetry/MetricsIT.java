package dev.twofold.ingest.intake.telemetry;

import static dev.twofold.ingest.intake.Deliveries.STRIPE_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_SECRET;
import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twofold.ingest.IngestApplication;
import dev.twofold.ingest.intake.FakeSecretManager;
import dev.twofold.ingest.intake.pubsub.FakePubSub;
import dev.twofold.ingest.intake.web.IngestProcess;
import io.grpc.Status;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** The service as it runs on Google Cloud, and everything it tells Google about its deliveries. */
class MetricsIT {

  private static final String FRONTS_TRACE =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String PERSON = "zoe@example.com";

  private static TelemetryReceiver told;
  private static String traceparent = "";

  @BeforeAll
  static void takeDeliveriesOfEveryKind() throws Exception {
    told = new TelemetryReceiver();
    try (FakePubSub topic = FakePubSub.start();
        FakeSecretManager secrets = new FakeSecretManager(Map.of());
        IngestProcess ingest = start(topic, secrets)) {
      byte[] body = utf8(STRIPE_BODY);
      post(ingest, "main", body);
      traceparent = topic.messages().getFirst().getAttributesOrThrow("traceparent");
      ingest.post("/webhooks/stripe/main", body, "Stripe-Signature", "t=1,v1=00");
      post(ingest, "main", utf8("{\"email\": \"" + PERSON + "\"}"));
      post(ingest, PERSON, body);
      post(ingest, "half", body);
      post(ingest, "main", new byte[2 * 1024 * 1024]);
      topic.refuse(Status.UNAVAILABLE);
      post(ingest, "main", body);
    }
  }

  @AfterAll
  static void stop() {
    told.close();
  }

  @Test
  void exportsWhatTheTableListsAndNothingElse() throws Exception {
    Map<String, String> kinds = new TreeMap<>();
    Map<String, Set<String>> tags = new TreeMap<>();
    MetricsPage.read()
        .forEach((name, line) -> {
          if (line.services().contains("ingest")) {
            kinds.put(name, line.kind());
            tags.put(name, new TreeSet<>(line.tags()));
          }
        });

    assertThat(told.kinds()).isEqualTo(kinds);
    assertThat(told.tags()).isEqualTo(tags);
  }

  @Test
  void countsEachDeliveryByWhatBecameOfIt() {
    Map<String, Double> outcomes = new TreeMap<>();
    for (Metric metric : told.metrics()) {
      if (metric.getName().equals("twofold.intake.deliveries")) {
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
          Map<String, String> tags = TelemetryReceiver.attributes(point.getAttributesList());
          outcomes.put(tags.get("tenant") + " " + tags.get("outcome"), point.getAsDouble());
        }
      }
    }

    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "main accepted", 1.0,
                "main forged", 1.0,
                "main malformed", 1.0,
                "main too_large", 1.0,
                "main unavailable", 1.0,
                "half unconnected", 1.0,
                "unknown unknown_tenant", 1.0));
  }

  @Test
  void measuresHowLongADeliveryTookInSeconds() {
    Metric duration =
        told.metrics().stream()
            .filter(metric -> metric.getName().equals("twofold.intake.duration"))
            .findFirst()
            .orElseThrow();

    assertThat(duration.getUnit()).isEqualTo("seconds");
    assertThat(duration.getHistogram().getDataPoints(0).getExplicitBoundsList()).contains(0.5, 5.0);
  }

  @Test
  void goesOnWithTheTraceItWasCalledInAndHandsItOn() {
    String trace = traceparent.split("-", -1)[1];
    int flags = Integer.parseInt(traceparent.split("-", -1)[3], 16);

    assertThat(FRONTS_TRACE).contains(trace);
    assertThat(told.spans().stream().map(TelemetryReceiver::trace)).contains(trace);
    assertThat(flags & 1).as("sampled").isEqualTo(1);
  }

  @Test
  void tellsNothingOfWhatCallersWrote() {
    assertThat(told.spans()).isNotEmpty();
    for (Span span : told.spans()) {
      assertThat(span.toString()).doesNotContain(PERSON).doesNotContain("http.url");
    }
    assertThat(told.metrics().toString()).doesNotContain(PERSON);
  }

  @Test
  void saysWhoItIsAndWithWhatRight() {
    assertThat(told.authorizations()).containsExactly("Bearer token-of-this-service");
    assertThat(told.resource())
        .containsEntry("service.name", "twofold-ingest")
        .containsEntry("service.namespace", "twofold")
        .containsEntry("cloud.region", "europe-west4")
        .containsEntry("cloud.platform", "gcp_cloud_run")
        .containsEntry("gcp.project_id", "acme-prod")
        .hasEntrySatisfying("service.instance.id", id -> assertThat(id).hasSizeGreaterThan(30));
  }

  private static void post(IngestProcess ingest, String tenant, byte[] body) throws Exception {
    ingest.post(
        "/webhooks/stripe/" + tenant,
        body,
        "Stripe-Signature",
        stripeSignature(STRIPE_SECRET, body, Instant.now()),
        "traceparent",
        FRONTS_TRACE);
  }

  private static IngestProcess start(FakePubSub topic, FakeSecretManager secrets) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(IngestApplication.class, Credentials.class).profiles("cloud");
    return IngestProcess.start(
        application,
        topic.address(),
        secrets.setting(),
        "spring.main.allow-bean-definition-overriding=true",
        "GOOGLE_CLOUD_PROJECT=acme-prod",
        "GOOGLE_CLOUD_REGION=europe-west4",
        "TELEMETRY_URL=" + told.address(),
        "TRACE_SAMPLING=1",
        "STRIPE_WEBHOOK_SECRET=" + STRIPE_SECRET,
        "twofold.tenants.half.hubspot.secrets=only-this-one");
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
