package dev.twofold.sync.reconcile.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What the service does in the training run of its AOT cache: it sends itself a few pushes and
 * tasks, which end at a store that nobody can reach, and ends. So the cache knows the way to
 * Firestore's client and back, and not only the start.
 */
@Component
@Profile("training")
final class TrainingRun implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final int ROUNDS = 5;

  private static final String STRIPE =
      """
      {"id": "evt_1", "object": "event", "type": "customer.updated", "created": 1767225600,
       "data": {"object": {"id": "cus_1", "object": "customer"},
                "previous_attributes": {"phone": null}}}
      """;
  private static final String HUBSPOT =
      """
      [{"subscriptionType": "contact.propertyChange", "objectId": 1, "propertyName": "phone",
        "propertyValue": "", "occurredAt": 1767225600000}]
      """;

  private final ConfigurableApplicationContext context;

  TrainingRun(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @Override
  public void run(ApplicationArguments arguments) throws Exception {
    if (!(context instanceof WebServerApplicationContext serving)
        || serving.getWebServer() == null) {
      throw new IllegalStateException("a training run needs the web server that it trains");
    }
    URI own = URI.create("http://127.0.0.1:" + serving.getWebServer().getPort());
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        send(http, own.resolve("/notices"), push("stripe", STRIPE));
        send(http, own.resolve("/notices"), push("hubspot", HUBSPOT));
        send(http, own.resolve("/writes/stripe/main/00000000000000000000/1"), "{}");
        send(http, own.resolve("/writes/hubspot/main/drain"), "{}");
      }
    }
    LOG.info("sync.trained");
    System.exit(SpringApplication.exit(context));
  }

  private static String push(String provider, String body) {
    String data = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    return """
    {"message": {"messageId": "1", "data": "%s", "attributes": {
      "ce-type": "dev.twofold.%s.delivery", "ce-time": "2026-01-01T00:00:00Z", "tenant": "main"}}}
    """
        .formatted(data, provider);
  }

  private static void send(HttpClient http, URI address, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = http.send(request, BodyHandlers.ofString()).statusCode();
    LOG.info("{} was answered {}", address.getPath(), status);
  }
}
