package dev.twofold.simulators.hubspot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotBench.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubSpotEventTest {
  private static final String DEFINITION =
      """
      {"label":"Stripe purchase","name":"stripe_purchase","primaryObject":"CONTACT",
       "propertyDefinitions":[{"name":"amount","label":"Amount","type":"number"},
         {"name":"currency","label":"Currency","type":"string"}]}
      """;

  private final HubSpotBench hubSpot = HubSpotBench.open();
  private String contact = "";

  @BeforeEach
  void define() {
    contact = hubSpot.contact("zoe@example.com");
    assertThat(hubSpot.post("/events/v3/event-definitions", DEFINITION).status()).isEqualTo(201);
  }

  private String event(String uuid, String properties) {
    return "{\"eventName\":\"pe900100_stripe_purchase\",\"objectId\":\""
        + contact
        + "\",\"uuid\":\""
        + uuid
        + "\",\"occurredAt\":\"2026-01-01T00:00:00Z\",\"properties\":"
        + properties
        + "}";
  }

  private Answer send(String event) {
    return hubSpot.post("/events/v3/send", event);
  }

  @Test
  void namesADefinitionAfterThePortalAndKnowsItOnce() {
    Answer again = hubSpot.post("/events/custom/2026-09/event-definitions", DEFINITION);
    Answer found = hubSpot.get("/events/v3/event-definitions/stripe_purchase");

    assertThat(again.status()).isEqualTo(409);
    assertThat(found.body().path("fullyQualifiedName").asString())
        .isEqualTo("pe900100_stripe_purchase");
    assertThat(hubSpot.get("/events/v3/event-definitions").results().size()).isEqualTo(1);
    assertThat(hubSpot.get("/events/v3/event-definitions/other").status()).isEqualTo(404);
  }

  @Test
  void recordsAnEventOncePerUuidAndNeverSaysSo() {
    Answer first = send(event("pi_1", "{\"amount\":\"12.50\"}"));
    Answer second = send(event("pi_1", "{\"amount\":\"99\"}"));

    assertThat(first.status()).isEqualTo(204);
    assertThat(first.response().body()).isEmpty();
    assertThat(second.status()).isEqualTo(204);
    assertThat(hubSpot.engine.state().events("pi_1")).hasSize(1);
    assertThat(hubSpot.engine.state().events("pi_1").getFirst().properties())
        .containsEntry("amount", "12.50");
    assertThat(hubSpot.engine.state().repeatedEvents()).isEqualTo(1);
  }

  @Test
  void readsBackWhatIsAttachedToAContact() {
    send(event("pi_1", "{}"));
    Answer read =
        hubSpot.get(
            "/events/v3/events?objectType=contact&objectId="
                + contact
                + "&eventType=pe900100_stripe_purchase");

    assertThat(read.results().path(0).path("id").asString()).isEqualTo("pi_1");
    assertThat(read.results().path(0).path("objectId").asString()).isEqualTo(contact);
  }

  @Test
  void takesAnEventForAnUnknownContactWithoutAttachingIt() {
    assertThat(send(event("pi_2", "{}").replace(contact, "99")).status()).isEqualTo(204);

    assertThat(hubSpot.engine.state().events("pi_2").getFirst().contactId()).isNull();
    assertThat(hubSpot.get("/events/v3/events?objectId=99").results().size()).isZero();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    for (String bad :
        List.of(
            event("u", "{\"nonsense\":\"1\"}"),
            event("u", "{\"amount\":\"much\"}"),
            event("u", "{\"currency\":\"" + "x".repeat(257) + "\"}"),
            event("u", "{}").replace("pe900100_stripe_purchase", "pe900100_other"),
            event("u", "{}").replace("pe900100_stripe_purchase", "stripe_purchase"),
            event("u", "{}").replace("objectId", "nobody"),
            event("u", "{}").replace("2026-01-01T00:00:00Z", "yesterday"))) {
      assertThat(send(bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(hubSpot.engine.state().events()).isEmpty();
  }

  @Test
  void takesABatchAsAWholeOrNotAtAll() {
    String good = event("pi_1", "{\"amount\":\"1\"}");
    String bad = event("pi_2", "{\"amount\":\"x\"}");

    assertThat(batch(good + "," + bad)).isEqualTo(400);
    assertThat(hubSpot.engine.state().events()).isEmpty();
    assertThat(batch(good)).isEqualTo(204);
    assertThat(hubSpot.engine.state().events()).hasSize(1);
    assertThat(batch((good + ",").repeat(500) + good)).isEqualTo(400);
  }

  private int batch(String events) {
    return hubSpot.post("/events/v3/send/batch", "{\"inputs\":[" + events + "]}").status();
  }

  @Test
  void refusesEverythingBelowTheEnterpriseTier() {
    HubSpotBench small = HubSpotBench.with(HubSpotBench.settings().withCustomEvents(false));

    Answer refused = small.post("/events/v3/event-definitions", DEFINITION);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.category()).isEqualTo("MISSING_SCOPES");
    assertThat(refused.body().path("errors").path(0).path("context").path("requiredScopes").size())
        .isEqualTo(1);
    assertThat(small.post("/events/v3/send", event("u", "{}")).status()).isEqualTo(403);
  }
}
