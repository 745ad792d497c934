package dev.twofold.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service as it starts with nothing around it: no Google credentials, no store and no
 * queue that answer, no provider's credential.
 */
class SyncApplicationIT {

  /** Nobody listens there, and nobody is called before the first document is needed. */
  private static final String NOBODY = "127.0.0.1:1";

  private static final List<String> ALONE =
      List.of(
          "--server.port=0",
          "--GOOGLE_CLOUD_PROJECT=twofold-test",
          "--FIRESTORE_EMULATOR_HOST=" + NOBODY,
          "--CLOUD_TASKS_EMULATOR_HOST=" + NOBODY,
          "--HUBSPOT_ACCESS_TOKEN=",
          "--HUBSPOT_APP_ID=",
          "--STRIPE_API_KEY=",
          "--ROLES=notices,writes",
          "--ACCESS_GUARD=loopback");

  /** What Pub/Sub's longest message comes to, and a little more. */
  private static final int PUSH_BYTES_MAX = 14 * 1024 * 1024;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    service = SpringApplication.run(SyncApplication.class, ALONE.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    service.close();
    HTTP.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/liveness", "/readiness"})
  void isHealthyByItself(String group) throws Exception {
    HttpResponse<String> answer = get("/actuator/health" + group);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("status").asString()).isEqualTo("UP");
  }

  @Test
  void servesOnLoopbackOnly() {
    assertThat(service.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void showsMetricsToPrometheus() throws Exception {
    HttpResponse<String> answer = get("/actuator/prometheus");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void listsTheTenantOfTheSettings() throws Exception {
    assertThat(json(get("/tenants")).path("tenants").values())
        .extracting(JsonNode::asString)
        .containsExactly("main");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing/here", "/actuator/env", "/error"})
  void answersWithAProblemWhereThereIsNothing(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("status").asInt()).isEqualTo(404);
  }

  @Test
  void refusesAnAddressThatIsNotPlain() throws Exception {
    HttpResponse<String> answer = get("/actuator/health/..;/../links");

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void refusesAMethodThatIsNotTaken() throws Exception {
    HttpResponse<String> answer = get("/notices");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void refusesAPushThatIsAnnouncedToBeTooLarge() throws Exception {
    String head =
        "POST /notices HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(PUSH_BYTES_MAX + 1);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());

      assertThat(answer).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void refusesAPushThatTurnsOutToBeTooLarge() throws Exception {
    HttpResponse<String> longest = push(new byte[PUSH_BYTES_MAX]);
    HttpResponse<String> longer = push(new byte[PUSH_BYTES_MAX + 1]);

    assertThat(json(longest).path("type").asString())
        .isEqualTo("urn:twofold:problem:not-a-delivery");
    assertThat(longer.statusCode()).isEqualTo(413);
    assertThat(longer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(longer).path("type").asString()).isEqualTo("urn:twofold:problem:too-large");
  }

  /** Its length is not announced. */
  private static HttpResponse<String> push(byte[] body) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/notices"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private static int port() {
    return Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port() + path);
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
