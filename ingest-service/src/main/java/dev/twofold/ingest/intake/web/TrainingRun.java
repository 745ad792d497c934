package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.IntakeSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * What the service does in the training run of its AOT cache: it takes in a few deliveries of its
 * own, which nobody acknowledges, and ends. So the cache knows the way of a delivery to Pub/Sub's
 * client and back, and not only the start.
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
      [{"subscriptionType": "contact.creation", "objectId": 1, "occurredAt": 1767225600000}]
      """;

  private final ConfigurableApplicationContext context;
  private final IntakeSettings settings;

  TrainingRun(ConfigurableApplicationContext context, IntakeSettings settings) {
    this.context = context;
    this.settings = settings;
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
        send(http, own.resolve("/webhooks/stripe/main"), STRIPE, "Stripe-Signature", stripe());
        send(http, own.resolve("/webhooks/hubspot/main"), HUBSPOT, "X-None", "none");
      }
    }
    LOG.info("ingest.trained");
    System.exit(SpringApplication.exit(context));
  }

  private String stripe() throws GeneralSecurityException {
    IntakeSettings.TenantSettings main =
        Objects.requireNonNull(settings.tenants().get(IntakeSettings.MAIN_TENANT));
    String secret = main.stripe().secrets().active().getFirst().value();
    long now = Instant.now().getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] proof = mac.doFinal((now + "." + STRIPE).getBytes(StandardCharsets.UTF_8));
    return "t=" + now + ",v1=" + HexFormat.of().formatHex(proof);
  }

  private static void send(HttpClient http, URI address, String body, String name, String value)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header(name, value)
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = http.send(request, BodyHandlers.ofString()).statusCode();
    LOG.info("{} was answered {}", address.getPath(), status);
  }
}
