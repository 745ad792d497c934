package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.IntakeSettings;
import dev.twofold.ingest.intake.SecretStore;
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
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * What the service does in the training run of its AOT cache (profile {@code training}): it takes
 * in a few deliveries of its own, which nobody acknowledges, asks a Secret Manager that is not
 * there, and ends. So the cache knows the way of a delivery to Pub/Sub's client and back, and not
 * only the start. Without rounds it goes on serving, to be measured as it starts in the cloud.
 *
 * <p>Found by {@code META-INF/spring.factories}: beans are settled when the jar is built, and the
 * profile of this one is not among those it is built for.
 */
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final String ROUNDS = "twofold.training.rounds";

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

  @Override
  public void onApplicationEvent(ApplicationReadyEvent started) {
    ConfigurableApplicationContext context = started.getApplicationContext();
    Environment environment = context.getEnvironment();
    int rounds = environment.getProperty(ROUNDS, Integer.class, 0);
    if (!environment.matchesProfiles("training") || rounds == 0) {
      return;
    }
    try {
      train(context, rounds);
    } catch (Exception untrained) {
      throw new IllegalStateException("the training run failed", untrained);
    }
    System.exit(SpringApplication.exit(context));
  }

  private static void train(ConfigurableApplicationContext context, int rounds) throws Exception {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    URI own = URI.create("http://127.0.0.1:" + port);
    IntakeSettings settings = context.getBean(IntakeSettings.class);
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int round = 0; round < rounds; round++) {
        send(http, own.resolve("/webhooks/stripe/main"), STRIPE, "Stripe-Signature", of(settings));
        send(http, own.resolve("/webhooks/hubspot/main"), HUBSPOT, "X-None", "none");
      }
    }
    try {
      var _ = context.getBean(SecretStore.class).read(Set.of(SecretStore.NAMED + "training"));
    } catch (IllegalStateException nobodyThere) {
      LOG.debug("Secret Manager was asked, and as it should be is not there", nobodyThere);
    }
    LOG.info("ingest.trained");
  }

  /** The signature of {@link #STRIPE}. */
  private static String of(IntakeSettings settings) throws GeneralSecurityException {
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
