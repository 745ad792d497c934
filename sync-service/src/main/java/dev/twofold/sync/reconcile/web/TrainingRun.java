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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What the service does in the training run of its AOT cache (profile {@code training}): it sends
 * itself a few pushes and tasks, which end at a store that nobody can reach, and ends. So the cache
 * knows the way to Firestore's client and back, and not only the start. Without rounds it goes on
 * serving, to be measured as it starts in the cloud.
 */
@Component
@Profile("training")
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

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

  private final int rounds;

  TrainingRun(@Value("${twofold.training.rounds}") int rounds) {
    this.rounds = rounds;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent started) {
    if (rounds == 0) {
      return;
    }
    ConfigurableApplicationContext context = started.getApplicationContext();
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    try {
      train(URI.create("http://127.0.0.1:" + port));
    } catch (Exception untrained) {
      throw new IllegalStateException("the training run failed", untrained);
    }
    System.exit(SpringApplication.exit(context));
  }

  private void train(URI own) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int round = 0; round < rounds; round++) {
        send(http, own.resolve("/notices"), push("stripe", STRIPE));
        send(http, own.resolve("/notices"), push("hubspot", HUBSPOT));
        send(http, own.resolve("/writes/stripe/main/00000000000000000000/1"), "{}");
        send(http, own.resolve("/writes/hubspot/main/drain"), "{}");
      }
    }
    LOG.info("sync.trained");
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
