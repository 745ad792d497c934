package dev.twofold.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.hubspot.engine.HubSpotWebhookFormat;
import dev.twofold.simulators.transport.WebhookReceiver;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** HubSpot over real HTTP: the API, signed webhooks with retries, the control API and the page. */
class HubSpotHttpIT {
  private static final String PUBLIC_URL = "https://sync.example.com/webhooks/hubspot/main?a=b%2Fc";

  private final HttpClient http = HttpClient.newHttpClient();
  private WebhookReceiver receiver;
  private HubSpotSimulator simulator;

  @BeforeEach
  void start() throws Exception {
    receiver = WebhookReceiver.start();
    simulator =
        HubSpotSimulator.builder()
            .settings(
                HubSpotSettings.local("")
                    .withWebhooks(
                        WebhookSettings.hubSpot(receiver.url())
                            .signedAs(PUBLIC_URL)
                            .compressed(1_000)))
            .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
    receiver.close();
    http.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulator.address() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer pat-local-twofold")
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode control(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, "/_simulator" + path, body);
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return json(answer.body());
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void signsForThePublicUrlAndRetriesWithHigherAttemptNumbers() throws Exception {
    receiver.answerNext(503);
    control("POST", "/contacts", "{\"properties\":{\"email\":\"zoe@example.com\"}}");

    List<WebhookReceiver.Received> attempts = receiver.next(2);

    int attempt = 0;
    for (WebhookReceiver.Received one : attempts) {
      byte[] body = one.body().getBytes(StandardCharsets.UTF_8);
      String timestamp = one.header("x-hubspot-request-timestamp");
      assertThat(one.header("x-hubspot-signature-v3"))
          .isEqualTo(
              HubSpotWebhookFormat.signatureV3(
                  "11111111-2222-3333-4444-555555555555", PUBLIC_URL, body, timestamp));
      assertThat(json(one.body()).path(0).path("attemptNumber").asInt()).isEqualTo(attempt++);
      assertThat(json(one.body()).size()).isEqualTo(2);
    }
  }

  @Test
  void admitsFifteenOfThirtyCallsThatComeAtOnce() throws Exception {
    List<Future<Integer>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        calls.add(threads.submit(() -> send("GET", "/crm/v3/objects/contacts", " ").statusCode()));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> call : calls) {
      statuses.add(call.get());
    }
    int highest = simulator.with(engine -> engine.calls().highestPerSecond());

    assertThat(statuses).containsOnly(200, 429).hasSize(30);
    if (highest == 30) {
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(15);
    }
    JsonNode stats = control("GET", "/stats", "");
    assertThat(stats.path("calls").asInt()).isEqualTo(30);
    assertThat(stats.path("tooMany").asInt())
        .isEqualTo((int) statuses.stream().filter(status -> status == 429).count());
  }

  @Test
  void doesWhatPeopleDoThroughTheControlApi() throws Exception {
    String zoe =
        control("POST", "/contacts", "{\"properties\":{\"email\":\"zoe@example.com\"}}")
            .path("id")
            .asString();
    String old =
        control(
                "POST",
                "/contacts",
                "{\"properties\":{\"email\":\"old@example.com\"},\"silent\":true}")
            .path("id")
            .asString();
    control(
        "PATCH",
        "/contacts/" + zoe,
        "{\"properties\":{\"phone\":\"1\"},\"changeSource\":\"FORM\"}");
    control("POST", "/contacts/" + zoe + "/emails", "{\"address\":\"z2@example.com\"}");
    control("POST", "/contacts/" + zoe + "/merge", "{\"loser\":" + old + "}");
    control("DELETE", "/contacts/" + zoe, "");
    control("POST", "/contacts/" + zoe + "/restore", "{}");

    JsonNode contacts = control("GET", "/state", "").path("contacts");

    assertThat(contacts.size()).isEqualTo(1);
    assertThat(contacts.path(0).path("properties").path("phone").asString()).isEqualTo("1");
    assertThat(contacts.path(0).path("properties").path("hs_additional_emails").asString())
        .isEqualTo("z2@example.com;old@example.com");
    control("POST", "/contacts/" + zoe + "/gdpr-delete", "{}");
    assertThat(control("GET", "/state", "").path("contacts").size()).isZero();
    HttpResponse<String> refused =
        send("POST", "/_simulator/contacts", "{\"properties\":{\"email\":\"x\"}}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("INVALID_EMAIL");
    assertThat(send("GET", "/_simulator/nonsense", "").statusCode()).isEqualTo(404);
  }

  @Test
  void importsManyEvenlyAndResets() throws Exception {
    control("POST", "/import", "{\"count\":300,\"seconds\":0.5,\"prefix\":\"burst\"}");
    int notices = 0;
    while (notices < 1_500) {
      for (WebhookReceiver.Received one : receiver.next(1)) {
        assertThat(json(one.body()).size()).isBetween(1, 100);
        notices += json(one.body()).size();
      }
    }

    JsonNode stats = control("GET", "/stats", "");
    assertThat(notices).isEqualTo(1_500);
    assertThat(stats.path("imports").path(0).path("done").asInt()).isEqualTo(300);
    boolean last =
        simulator.with(
            engine -> engine.state().contactByEmail("burst-299@example.com").isPresent());
    assertThat(last).isTrue();
    control("POST", "/reset", "{}");
    assertThat(simulator.<Integer>with(engine -> engine.state().contacts().size())).isZero();
  }

  @Test
  void changesFaultsLimitsLatencyAndWebhooksWhileRunning() throws Exception {
    control(
        "POST",
        "/faults",
        "{\"kind\":\"error\",\"status\":503,\"count\":1,\"path\":\"contacts\",\"seconds\":60}");
    assertThat(send("GET", "/crm/v3/objects/contacts", " ").statusCode()).isEqualTo(503);
    assertThat(send("GET", "/crm/v3/objects/contacts", " ").statusCode()).isEqualTo(200);
    control("POST", "/faults", "{\"kind\":\"lost\"}");
    assertThatThrownBy(() -> send("GET", "/crm/v3/objects/contacts", " "))
        .isInstanceOf(IOException.class);
    assertThat(control("GET", "/faults", "").path("faults").size()).isEqualTo(1);
    assertThat(control("DELETE", "/faults", "").path("faults").size()).isZero();
    control("PUT", "/latency", "{\"medianMillis\":30,\"p99Millis\":30}");
    long before = System.nanoTime();
    send("GET", "/crm/v3/objects/contacts", " ");
    assertThat(System.nanoTime() - before).isGreaterThan(25_000_000);
    assertThat(control("PUT", "/limit", "{\"calls\":1}").path("limit").asInt()).isEqualTo(1);
    assertThat(
            control("PUT", "/webhooks", "{\"maxPerDelivery\":1,\"repeatRate\":0.5}")
                .path("maxPerDelivery")
                .asInt())
        .isEqualTo(1);
    assertThat(control("GET", "/calls?limit=2", "").path("calls").size()).isEqualTo(2);
    assertThat(send("POST", "/_simulator/faults", "{\"kind\":\"x\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void switchesTheAccountsRules() throws Exception {
    JsonNode changed =
        control(
            "PUT",
            "/account",
            "{\"subscribedProperties\":[\"*\"],\"requiredProperties\":[\"company\"],"
                + "\"customEvents\":false}");

    assertThat(changed.path("subscribedProperties").path(0).asString()).isEqualTo("*");
    assertThat(changed.path("namesExistingId").asBoolean()).isTrue();
    assertThat(control("GET", "/account", "")).isEqualTo(changed);
    assertThat(send("POST", "/events/v3/send", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void showsAPageOnWhichNothingTypedIsMarkup() throws Exception {
    control(
        "POST",
        "/contacts",
        "{\"properties\":{\"firstname\":\"<script>alert(1)</script>\",\"lastname\":\"a'\\\"&b\"}}");

    String page = send("GET", "/", "").body();
    String live = send("GET", "/_simulator/live", "").body();

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("Create a contact", "Trouble on demand", "Delay answers", "Disturb webhooks");
    for (String html : List.of(page, live)) {
      assertThat(html)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a&#39;&quot;&amp;b")
          .doesNotContain("<script>alert(1)");
    }
  }

  @Test
  void takesNoFormsFromForeignPages() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(simulator.address() + "/_simulator/reset"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .header("Content-Type", "text/plain")
            .build();

    HttpResponse<String> answer = http.send(form, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void namesAPortThatIsTaken() {
    InetSocketAddress taken =
        new InetSocketAddress(simulator.address().getHost(), simulator.address().getPort());

    assertThatThrownBy(() -> HubSpotSimulator.builder().listen(taken).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(Integer.toString(taken.getPort()));
  }
}
