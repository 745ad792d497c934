package dev.twofold.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.stripe.engine.Purchase;
import dev.twofold.simulators.stripe.engine.StripeEngine;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.HandClock;
import dev.twofold.simulators.webhook.Delivery;
import dev.twofold.simulators.webhook.DeliveryAnswer;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Whole answers and deliveries, headers included, against samples kept in files: a change of any
 * byte is seen in review. {@code -Dgolden.write=true} writes them anew, and then fails once.
 */
class GoldenSampleTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private static final String[][] HUBSPOT_CALLS = {
    {
      "POST",
      "/crm/v3/properties/contacts",
      "{\"name\":\"stripe_customer_id\",\"label\":\"Stripe customer id\",\"groupName\":"
          + "\"contactinformation\",\"type\":\"string\",\"fieldType\":\"text\","
          + "\"hasUniqueValue\":true}"
    },
    {
      "POST",
      CONTACTS + "/batch/create",
      "{\"inputs\":[{\"objectWriteTraceId\":\"0\",\"properties\":{\"email\":"
          + "\"zoe@example.com\",\"stripe_customer_id\":\"cus_1\"}}]}"
    },
    {
      "POST",
      CONTACTS + "/batch/create",
      "{\"inputs\":[{\"objectWriteTraceId\":\"0\",\"properties\":{\"email\":"
          + "\"zoe@example.com\"}},{\"objectWriteTraceId\":\"1\",\"properties\":{\"email\":"
          + "\"b@example.com\",\"stripe_customer_id\":\"cus_1\"}}]}"
    },
    {"POST", CONTACTS, "{\"properties\":{\"email\":\"zoe@example.com\"}}"},
    {"POST", CONTACTS, "{\"properties\":{\"email\":\"zoe@example.test\",\"x\":\"1\"}}"},
    {
      "POST",
      CONTACTS + "/batch/read",
      "{\"idProperty\":\"email\",\"properties\":[\"email\",\"phone\"],\"inputs\":[{\"id\":"
          + "\"ZOE@example.com\"},{\"id\":\"no@example.com\"}]}"
    },
    {
      "POST",
      CONTACTS + "/batch/create",
      "{\"inputs\":[{\"properties\":{\"email\":\"zoe@example.com\"}},{\"properties\":"
          + "{\"email\":\"new@example.com\"}}]}"
    },
    {
      "POST",
      CONTACTS + "/batch/update",
      "{\"inputs\":[{\"id\":\"99\",\"properties\":{\"phone\":\"1\"}},{\"id\":\"99\","
          + "\"properties\":{\"phone\":\"2\"}}]}"
    },
    {
      "POST",
      CONTACTS + "/batch/update",
      "{\"inputs\":[{\"id\":\"99\",\"objectWriteTraceId\":\"0\",\"properties\":{\"phone\":"
          + "\"1\"}}]}"
    },
    {
      "POST",
      CONTACTS + "/batch/upsert",
      "{\"inputs\":[{\"id\":\"cus_2\",\"idProperty\":\"stripe_customer_id\",\"properties\":"
          + "{\"email\":\"uma@example.com\"}}]}"
    },
    {
      "POST",
      CONTACTS + "/search",
      "{\"filterGroups\":[{\"filters\":[{\"propertyName\":\"email\",\"operator\":\"EQ\","
          + "\"value\":\"uma@example.com\"}]}]}"
    },
    {
      "POST",
      CONTACTS + "/gdpr-delete",
      "{\"objectId\":\"no@example.com\",\"idProperty\":\"email\"}"
    },
    {"POST", CONTACTS, "{\"properties\":{\"email\":\"no@example.com\"}}"},
    {
      "POST",
      "/events/v3/event-definitions",
      "{\"label\":\"Stripe purchase\",\"name\":\"stripe_purchase\",\"primaryObject\":\"CONTACT\","
          + "\"propertyDefinitions\":[{\"name\":\"amount\",\"label\":\"Amount\",\"type\":"
          + "\"number\"}]}"
    },
    {
      "POST",
      "/oauth/v1/token",
      "grant_type=authorization_code&client_id=1&code=c&redirect_uri=https%3A%2F%2Fx"
          + "&client_secret=11111111-2222-3333-4444-555555555555"
    },
    {"GET", CONTACTS + "/99", ""},
    {
      "POST",
      "/events/v3/send",
      "{\"eventName\":\"pe900100_other\",\"objectId\":\"1\",\"properties\":{}}"
    },
  };

  private final HandClock clock = new HandClock();
  private final StringBuilder transcript = new StringBuilder();

  private void exchange(
      Function<ApiRequest, ApiResponse> api,
      String token,
      String method,
      String target,
      String body) {
    ApiResponse answer =
        api.apply(
            ApiRequest.of(
                method,
                target,
                Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "twofold-1"),
                body.getBytes(StandardCharsets.UTF_8)));
    transcript.append("> ").append(method).append(' ').append(target).append('\n');
    transcript.append(body.isEmpty() ? "" : "> " + body + "\n");
    transcript.append("< ").append(answer.status()).append('\n');
    new TreeMap<>(answer.headers())
        .forEach((name, value) ->
            transcript.append("< ").append(name).append(": ").append(value).append('\n'));
    transcript.append("< ").append(answer.text()).append("\n\n");
    clock.advance(Duration.ofMillis(250));
  }

  private void deliveries(WebhookSchedule webhooks) {
    for (Delivery delivery : webhooks.due(clock.advance(Duration.ofSeconds(1)))) {
      transcript.append("> POST ").append(delivery.url()).append('\n');
      delivery
          .headers()
          .forEach((name, value) ->
              transcript.append("> ").append(name).append(": ").append(value).append('\n'));
      transcript.append("> ").append(new String(delivery.body(), StandardCharsets.UTF_8));
      transcript.append("\n\n");
      webhooks.answered(delivery, new DeliveryAnswer.Status(204), clock.instant());
    }
  }

  private void compare(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, transcript);
      throw new AssertionError("wrote " + file + ", look at it and run again without");
    }
    assertThat(transcript.toString()).isEqualTo(Files.readString(file));
  }

  @Test
  void hubSpotAnswersAndDeliversAsTheSampleSays() throws IOException {
    clock.set(Instant.parse("2026-01-01T00:00:00.123Z"));
    HubSpotEngine engine =
        new HubSpotEngine(
            HubSpotSettings.local("https://sync.example.com/webhooks/hubspot/main"),
            clock,
            new Random(1));
    for (String[] call : HUBSPOT_CALLS) {
      exchange(engine::handle, "pat-local-twofold", call[0], call[1], call[2]);
    }
    exchange(engine::handle, "wrong", "GET", CONTACTS, "");
    engine.faults().add(Fault.storm().times(1));
    exchange(engine::handle, "pat-local-twofold", "GET", CONTACTS, "");
    engine.faults().add(Fault.storm().because("search").times(1));
    exchange(engine::handle, "pat-local-twofold", "POST", CONTACTS + "/search", "{}");
    engine.faults().add(Fault.lock().times(1));
    exchange(engine::handle, "pat-local-twofold", "GET", CONTACTS, "");
    engine.person().create(Map.of("email", "ada@example.com"), Author.of("IMPORT"));
    deliveries(engine.webhooks());

    compare("hubspot.txt");
  }

  @Test
  void stripeAnswersAndDeliversAsTheSampleSays() throws IOException {
    clock.set(Instant.parse("2026-01-01T00:00:00.123Z"));
    StripeEngine engine =
        new StripeEngine(
            StripeSettings.local("https://sync.example.com/webhooks/stripe/main"),
            clock,
            new Random(1));
    String key = "sk_test_twofold_local";
    for (String[] call :
        new String[][] {
          {"POST", "/v1/customers", "email=zoe%40example.com&metadata[hubspot_contact_id]=501"},
          {"POST", "/v1/customers", "email=zoe%40example.com&metadata[hubspot_contact_id]=501"},
          {"POST", "/v1/customers", "email=other%40example.com"},
          {"GET", "/v1/customers?email=zoe%40example.com", ""},
          {"GET", "/v1/customers/cus_no", ""},
          {"GET", "/v1/customers?nonsense=1", ""},
        }) {
      exchange(engine::handle, key, call[0], call[1], call[2]);
    }
    exchange(engine::handle, "sk_test_wrong_key", "GET", "/v1/customers", "");
    engine.faults().add(Fault.storm().times(1));
    exchange(engine::handle, key, "GET", "/v1/customers", "");
    engine.faults().add(Fault.lock().times(1));
    exchange(engine::handle, key, "GET", "/v1/customers", "");
    String id = engine.person().create(Map.of("name", "Ben"));
    engine.person().update(id, Map.of("name", "Ben New", "metadata[a]", "1"));
    engine.person().purchase(Purchase.of(id, 1250, "chf"));
    engine.person().delete(id);
    exchange(engine::handle, key, "GET", "/v1/customers/" + id, "");
    exchange(engine::handle, key, "GET", "/v1/customers/search?query=name:'Ben'", "");
    exchange(engine::handle, key, "GET", "/v1/events?limit=1&delivery_success=false", "");
    deliveries(engine.webhooks());

    compare("stripe.txt");
  }
}
