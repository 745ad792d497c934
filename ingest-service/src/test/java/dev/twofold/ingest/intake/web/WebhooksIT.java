package dev.twofold.ingest.intake.web;

import static dev.twofold.ingest.intake.Deliveries.HUBSPOT_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_SECRET;
import static dev.twofold.ingest.intake.Deliveries.hubspotSignature;
import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import dev.twofold.ingest.intake.pubsub.FakePubSub;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhooksIT {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final byte[] STRIPE = utf8(STRIPE_BODY);
  private static final byte[] HUBSPOT = utf8(HUBSPOT_BODY);

  private static FakePubSub pubsub;
  private static IngestProcess ingest;

  @BeforeAll
  static void start() throws IOException {
    pubsub = FakePubSub.start();
    ingest =
        IngestProcess.start(
            pubsub.address(),
            "twofold.tenants.half.hubspot.secrets=another-secret",
            "server.tomcat.connection-timeout=1s");
  }

  @AfterAll
  static void stop() {
    ingest.close();
    pubsub.close();
  }

  @BeforeEach
  void acknowledgeEverything() {
    pubsub.acknowledge();
    pubsub.forget();
  }

  @Test
  void publishesAHubSpotDeliveryWithItsAttributes() throws Exception {
    byte[] body = utf8("\n " + HUBSPOT_BODY + " ");

    HttpResponse<String> answer = postHubSpot("/webhooks/hubspot/main", body);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(pubsub.messages()).hasSize(1);
    PubsubMessage message = pubsub.messages().getFirst();
    assertThat(message.getData().toByteArray()).isEqualTo(body);
    assertThat(message.getAttributesMap())
        .containsOnlyKeys(
            "ce-specversion",
            "ce-id",
            "ce-source",
            "ce-type",
            "ce-time",
            "content-type",
            "tenant",
            "traceparent")
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-source", "/webhooks/hubspot/main")
        .containsEntry("ce-type", "dev.twofold.hubspot.delivery")
        .containsEntry("content-type", "application/json")
        .containsEntry("tenant", "main");
    assertThat(message.getAttributesOrThrow("ce-id")).matches("[0-9a-f-]{36}");
    assertThat(Instant.parse(message.getAttributesOrThrow("ce-time")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(message.getAttributesOrThrow("traceparent"))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
  }

  @Test
  void carriesOnTheTraceItWasCalledIn() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    HttpResponse<String> answer =
        ingest.post(
            "/webhooks/stripe/main",
            STRIPE,
            "Stripe-Signature",
            stripeSignature(STRIPE_SECRET, STRIPE, Instant.now()),
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(pubsub.messages().getFirst().getAttributesOrThrow("traceparent"))
        .startsWith("00-" + trace + "-")
        .matches(".*-0[13]")
        .doesNotContain("00f067aa0ba902b7");
  }

  @Test
  void checksHubSpotsSignatureOverThePublicUrlWithItsQuery() throws Exception {
    String timestamp = Long.toString(Instant.now().toEpochMilli());
    String signed =
        IngestProcess.PUBLIC_BASE_URL + "/webhooks/hubspot/main?tenant=a:b%20c&x=1/2&y=%3a";

    HttpResponse<String> answer =
        ingest.post(
            "/webhooks/hubspot/main?tenant=a%3Ab%20c&x=1%2F2&y=%3a",
            HUBSPOT,
            "X-HubSpot-Signature-v3",
            hubspotSignature(signed, HUBSPOT, timestamp),
            "X-HubSpot-Request-Timestamp",
            timestamp);

    assertThat(answer.statusCode()).isEqualTo(204);
  }

  @Test
  void doesNotBelieveTheHostHeader() throws Exception {
    String timestamp = Long.toString(Instant.now().toEpochMilli());
    String signature =
        hubspotSignature("http://evil.example.com/webhooks/hubspot/main", HUBSPOT, timestamp);

    String answer =
        ingest.sendRaw(
            utf8(
                "POST /webhooks/hubspot/main HTTP/1.1\r\nHost: evil.example.com\r\n"
                    + "X-Forwarded-Host: evil.example.com\r\nX-Forwarded-Proto: http\r\n"
                    + "Content-Type: application/json\r\nX-HubSpot-Signature-v3: "
                    + signature
                    + "\r\nX-HubSpot-Request-Timestamp: "
                    + timestamp
                    + "\r\nContent-Length: "
                    + HUBSPOT.length
                    + "\r\n\r\n"),
            HUBSPOT);

    assertThat(answer).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void publishesAStripeDeliveryOfUnannouncedLength() throws Exception {
    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request("/webhooks/stripe/main")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", stripeSignature(STRIPE_SECRET, STRIPE, Instant.now()))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(STRIPE)))
                .build());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(pubsub.messages().getFirst().getData().toByteArray()).isEqualTo(STRIPE);
  }

  @Test
  void publishesADeliveryOfExactlyTheLargestSize() throws Exception {
    byte[] body = utf8(STRIPE_BODY + " ".repeat(MEBIBYTE - STRIPE.length));

    assertThat(body).hasSize(MEBIBYTE);
    assertThat(postStripe(body).statusCode()).isEqualTo(204);
  }

  @Test
  void refusesAnAnnouncedLongBodyBeforeItIsSent() throws Exception {
    String answer = ingest.sendRaw(stripeHead("Content-Length: 1048577"));

    assertProblem(answer, 413, "too-large");
  }

  @Test
  void refusesALongBodyOfUnannouncedLengthOneByteBeyondTheCap() throws Exception {
    // The rest of the chunk never comes: the answer does not wait for it.
    String answer =
        ingest.sendRaw(
            stripeHead("Transfer-Encoding: chunked"), utf8("200000\r\n"), new byte[MEBIBYTE + 1]);

    assertProblem(answer, 413, "too-large");
  }

  @Test
  void refusesABodyWithBrokenFraming() throws Exception {
    String answer = ingest.sendRaw(stripeHead("Transfer-Encoding: chunked"), utf8("zz\r\n"));

    assertProblem(answer, 400, "bad-request");
  }

  @Test
  void refusesABodyThatDoesNotCome() throws Exception {
    String answer = ingest.sendRaw(stripeHead("Content-Length: 100"), utf8("{\"id\":"));

    assertProblem(answer, 408, "incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void refusesOtherMethods(String method) throws Exception {
    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request("/webhooks/stripe/main")
                .method(method, BodyPublishers.noBody())
                .build());

    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
  void refusesOtherMediaTypes(String type) throws Exception {
    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request("/webhooks/stripe/nobody")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(STRIPE))
                .build());

    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void refusesNoMediaType() throws Exception {
    assertProblem(
        ingest.send(
            ingest
                .request("/webhooks/hubspot/main")
                .POST(BodyPublishers.ofByteArray(HUBSPOT))
                .build()),
        415,
        "unsupported-media-type");
  }

  @Test
  void refusesUnknownTenants() throws Exception {
    HttpResponse<String> answer = ingest.post("/webhooks/stripe/nobody%0Aelse", STRIPE);

    assertProblem(answer, 404, "unknown-tenant");
    assertThat(answer.body()).doesNotContain("nobody");
  }

  @Test
  void asksForPatienceWhereTheTenantIsNotConnected() throws Exception {
    HttpResponse<String> answer = ingest.post("/webhooks/stripe/half", STRIPE);

    JsonNode problem = assertProblem(answer, 503, "not-connected");
    assertThat(problem.path("detail").asString())
        .isEqualTo(
            "The tenant is not connected to stripe: the setting"
                + " twofold.tenants.half.stripe.secrets has no value.");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
  }

  @Test
  void refusesUnsignedDeliveries() throws Exception {
    HttpResponse<String> stripe = ingest.post("/webhooks/stripe/main", STRIPE);
    HttpResponse<String> hubspot = ingest.post("/webhooks/hubspot/main", HUBSPOT);

    assertProblem(stripe, 401, "not-authentic");
    assertThat(stripe.headers().firstValue("WWW-Authenticate")).hasValue("Stripe-Signature");
    assertProblem(hubspot, 401, "not-authentic");
    assertThat(hubspot.headers().firstValue("WWW-Authenticate")).hasValue("X-HubSpot-Signature-v3");
    assertThat(pubsub.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "t=abc,v1=00", "t,v1=00", "t=1,v1", "v1=00", "t=1", "t=1,v1=00", "junk"})
  void refusesForgedStripeSignatures(String header) throws Exception {
    assertProblem(
        ingest.post("/webhooks/stripe/main", utf8("not json"), "Stripe-Signature", header),
        401,
        "not-authentic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"not json", "''", "[]", "{}", "{\"object\":\"v2.core.event\",\"id\":\"evt_2\"}"})
  void refusesAuthenticDeliveriesOfAnotherShape(String body) throws Exception {
    assertProblem(postStripe(utf8(body)), 400, "malformed");
    assertThat(pubsub.calls()).isZero();
  }

  @Test
  void refusesAHubSpotDeliveryThatIsNoArrayOfNotices() throws Exception {
    assertProblem(postHubSpot("/webhooks/hubspot/main", utf8("[]")), 400, "malformed");
  }

  @Test
  void asksForPatienceWherePubSubRefuses() throws Exception {
    pubsub.refuse(Status.PERMISSION_DENIED.withDescription("the project's inner name"));

    HttpResponse<String> answer = postStripe(STRIPE);

    assertProblem(answer, 503, "not-acknowledged");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(answer.body()).doesNotContain("PERMISSION", "inner", "Pub/Sub");
  }

  @Test
  void answersWithinFiveSecondsWherePubSubHangs() throws Exception {
    pubsub.hold();
    long begun = System.nanoTime();

    HttpResponse<String> answer = postStripe(STRIPE);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertProblem(answer, 503, "not-acknowledged");
    pubsub.release();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/webhooks", "/webhooks/other/main", "/webhooks/stripe", "/error"})
  void knowsNoOtherAddresses(String path) throws Exception {
    assertProblem(ingest.post(path, STRIPE), 404, "not-found");
    assertProblem(
        ingest.send(ingest.request(path).header("Accept", "text/html").GET().build()),
        404,
        "not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1, 400",
    "GET /a\\b HTTP/1.1, 400",
    "GET /<script> HTTP/1.1, 400",
    "GET /webhooks/%2e%2e%2f%00 HTTP/1.1, 400",
    "POST /webhooks/stripe/a%2Fb HTTP/1.1, 400",
    "TRACE /webhooks/stripe/main HTTP/1.1, 405",
    "BREW / HTTP/1.1, 404",
    "nonsense, 400"
  })
  void answersBrokenRequestsWithProblemsToo(String requestLine, int status) throws Exception {
    String answer = ingest.sendRaw(utf8(requestLine + "\r\nHost: a\r\nConnection: close\r\n\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("Content-Type: application/problem+json");
    assertThat(answer).doesNotContain("<html", "Exception", "Tomcat", "script>");
  }

  @Test
  void refusesHeadersThatAreTooLong() throws Exception {
    String answer =
        ingest.sendRaw(
            utf8(
                "POST /webhooks/stripe/main HTTP/1.1\r\nHost: a\r\nX-Long: "
                    + "x".repeat(20_000)
                    + "\r\n\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
  }

  @Test
  void isAliveAndReadyWhateverPubSubDoes() throws Exception {
    pubsub.refuse(Status.UNAVAILABLE);

    for (String probe : new String[] {"liveness", "readiness"}) {
      HttpResponse<String> answer =
          ingest.send(ingest.request("/actuator/health/" + probe).GET().build());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void countsDeliveriesOnTheMetricsPage() throws Exception {
    postStripe(STRIPE);

    assertThat(ingest.send(ingest.request("/actuator/prometheus").GET().build()).body())
        .containsPattern(
            "twofold_intake_deliveries_total\\{outcome=\"accepted\",provider=\"stripe\","
                + "tenant=\"main\"} [1-9]");
  }

  private static HttpResponse<String> postStripe(byte[] body) throws Exception {
    return ingest.post(
        "/webhooks/stripe/main",
        body,
        "Stripe-Signature",
        stripeSignature(STRIPE_SECRET, body, Instant.now()));
  }

  private static HttpResponse<String> postHubSpot(String path, byte[] body) throws Exception {
    String timestamp = Long.toString(Instant.now().toEpochMilli());
    return ingest.post(
        path,
        body,
        "X-HubSpot-Signature-v3",
        hubspotSignature(IngestProcess.PUBLIC_BASE_URL + path, body, timestamp),
        "X-HubSpot-Request-Timestamp",
        timestamp);
  }

  private static byte[] stripeHead(String framing) {
    return utf8(
        String.join(
            "\r\n",
            "POST /webhooks/stripe/main HTTP/1.1",
            "Host: a",
            "Content-Type: application/json",
            framing,
            "",
            ""));
  }

  private static JsonNode assertProblem(HttpResponse<String> answer, int status, String name) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    return assertProblemBody(answer.body(), status, name);
  }

  private static void assertProblem(String answer, int status, String name) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("Content-Type: application/problem+json");
    assertProblemBody(answer.substring(answer.indexOf("\r\n\r\n") + 4), status, name);
  }

  private static JsonNode assertProblemBody(String body, int status, String name) {
    JsonNode problem = JsonMapper.shared().readTree(body);
    assertThat(problem.propertyNames())
        .containsExactlyInAnyOrder("type", "title", "status", "detail");
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asString()).isEqualTo("urn:twofold:problem:" + name);
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    return problem;
  }
}
