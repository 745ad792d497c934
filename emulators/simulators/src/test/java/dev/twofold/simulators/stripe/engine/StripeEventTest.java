package dev.twofold.simulators.stripe.engine;

import static dev.twofold.simulators.stripe.engine.StripeBench.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.stripe.engine.StripeBench.Answer;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StripeEventTest {
  private final StripeBench stripe = StripeBench.open();

  @Test
  void namesTheKeyOfTheCallThatCausedAnEvent() {
    stripe.call("POST", CUSTOMERS, "name=Zoe", "twofold-1");
    stripe.engine.person().create(Map.of("name", "Ben"));

    List<JsonNode> events = stripe.events(200);

    assertThat(events.get(0).path("request").path("idempotency_key").asString())
        .isEqualTo("twofold-1");
    assertThat(events.get(1).path("request").path("idempotency_key").isNull()).isTrue();
    assertThat(events.get(1).path("request").path("id").asString()).startsWith("req_");
  }

  @Test
  void carriesTheObjectAfterTheChangeAndTheOldValuesOfWhatChanged() {
    String id = stripe.customer("name=Old&metadata[a]=1&address[city]=Bern&address[line1]=x");
    stripe.events(200);

    stripe.post(
        CUSTOMERS + "/" + id,
        "name=New&phone=1&metadata[a]=2&metadata[b]=3&address[city]=Basel"
            + "&preferred_locales[]=de");
    JsonNode event = stripe.events(200).getFirst();

    assertThat(event.path("type").asString()).isEqualTo("customer.updated");
    assertThat(event.path("object").asString()).isEqualTo("event");
    assertThat(event.path("created").isIntegralNumber()).isTrue();
    assertThat(event.path("data").path("object").path("name").asString()).isEqualTo("New");
    assertThat(Json.text(event.path("data").path("previous_attributes")))
        .isEqualTo(
            "{\"address\":{\"city\":\"Bern\"},\"metadata\":{\"a\":\"1\",\"b\":null},"
                + "\"name\":\"Old\",\"phone\":null,\"preferred_locales\":[]}");
  }

  @Test
  void makesNoEventOfAWriteThatChangesNothing() {
    String id = stripe.customer("name=Zoe&metadata[a]=1");
    stripe.events(200);

    stripe.post(CUSTOMERS + "/" + id, "name=Zoe&metadata[a]=1&metadata[none]=");

    assertThat(stripe.events(200)).isEmpty();
  }

  @Test
  void showsADeletedCustomerAsItLastWas() {
    String id = stripe.customer("name=Zoe");
    stripe.events(200);

    stripe.engine.person().delete(id);
    JsonNode event = stripe.events(200).getFirst();

    assertThat(event.path("type").asString()).isEqualTo("customer.deleted");
    assertThat(event.path("data").path("object").path("name").asString()).isEqualTo("Zoe");
    assertThat(event.path("data").path("object").has("deleted")).isFalse();
  }

  @Test
  void tellsOfAPurchaseAsAChargeAndAPaymentOfTheSameId() {
    String id = stripe.customer("name=Zoe");
    stripe.events(200);

    String payment = stripe.engine.person().purchase(Purchase.of(id, 1250, "chf"));
    List<JsonNode> events = stripe.events(200);

    assertThat(StripeBench.types(events))
        .containsExactly("charge.succeeded", "payment_intent.succeeded");
    JsonNode intent = events.get(1).path("data").path("object");
    assertThat(payment).startsWith("pi_").isEqualTo(intent.path("id").asString());
    assertThat(intent.path("amount_received").asInt()).isEqualTo(1250);
    assertThat(intent.path("customer").asString()).isEqualTo(id);
    JsonNode charge = events.get(0).path("data").path("object");
    assertThat(charge.path("payment_intent").asString()).isEqualTo(payment);
    assertThat(intent.path("latest_charge").asString()).isEqualTo(charge.path("id").asString());
    assertThat(events.get(1).path("request").path("idempotency_key").isNull()).isTrue();
    assertThat(stripe.get("/v1/payment_intents/" + payment).status()).isEqualTo(200);
    assertThat(stripe.get("/v1/charges/" + charge.path("id").asString()).status()).isEqualTo(200);
    assertThat(stripe.get("/v1/payment_intents?customer=" + id).ids()).containsExactly(payment);
    assertThat(stripe.get("/v1/payment_intents/pi_no").status()).isEqualTo(404);
  }

  @Test
  void knowsGuestsOldChargesAndMereAuthorisations() {
    StripePerson person = stripe.engine.person();
    String guest = person.purchase(Purchase.guest("g@example.com", 100, "jpy"));
    List<JsonNode> ofGuest = stripe.events(200);
    String charge =
        person.purchase(Purchase.guest("g@example.com", 1, "chf").as(Purchase.Kind.CHARGE_ONLY));
    List<JsonNode> ofCharge = stripe.events(200);
    person.purchase(Purchase.guest("g@example.com", 1, "chf").as(Purchase.Kind.AUTHORISATION));
    List<JsonNode> ofAuthorisation = stripe.events(200);

    JsonNode intent = ofGuest.get(1).path("data").path("object");
    assertThat(guest).startsWith("pi_");
    assertThat(intent.path("customer").isNull()).isTrue();
    assertThat(intent.path("receipt_email").asString()).isEqualTo("g@example.com");
    assertThat(charge).startsWith("ch_");
    assertThat(StripeBench.types(ofCharge)).containsExactly("charge.succeeded");
    assertThat(ofCharge.getFirst().path("data").path("object").path("payment_intent").isNull())
        .isTrue();
    assertThat(StripeBench.types(ofAuthorisation)).containsExactly("charge.succeeded");
    assertThat(
            ofAuthorisation.getFirst().path("data").path("object").path("captured").asBoolean(true))
        .isFalse();
  }

  @Test
  void refusesPurchasesThatCannotBe() {
    assertThatThrownBy(() -> Purchase.of("cus_1", 0, "chf")).hasMessageContaining("0 chf");
    assertThatThrownBy(() -> Purchase.of("cus_1", 1, "CHF")).hasMessageContaining("CHF");
    assertThatThrownBy(() -> stripe.engine.person().purchase(Purchase.of("cus_no", 1, "chf")))
        .isInstanceOf(StripePerson.Refused.class);
  }

  @Test
  void listsWhatWasNotDeliveredForGapRepair() {
    String first = stripe.customer("name=a");
    assertThat(stripe.events(200)).hasSize(1);
    String second = stripe.customer("name=b");
    assertThat(stripe.events(500)).hasSize(1);
    String third = stripe.customer("name=c");

    List<String> undelivered = objects(stripe.get("/v1/events?delivery_success=false"));
    List<String> delivered = objects(stripe.get("/v1/events?delivery_success=true"));
    Answer all = stripe.get("/v1/events?types[]=customer.created&types[]=customer.deleted");

    assertThat(undelivered).containsExactly(third, second);
    assertThat(delivered).containsExactly(first);
    assertThat(objects(all)).containsExactly(third, second, first);
    assertThat(all.body().path("data").path(0).path("pending_webhooks").asInt()).isEqualTo(1);
    String oldest = all.ids().getLast();
    assertThat(objects(stripe.get("/v1/events?limit=1&ending_before=" + oldest)))
        .containsExactly(second);
    assertThat(stripe.get("/v1/events/" + oldest).body().path("pending_webhooks").asInt()).isZero();
  }

  private static List<String> objects(Answer answer) {
    return answer.body().path("data").values().stream()
        .map(event -> event.path("data").path("object").path("id").asString(""))
        .toList();
  }

  @Test
  void filtersEventsByOneTypeWithAStarOrByManyButNotBoth() {
    String id = stripe.customer("name=a");
    stripe.engine.person().purchase(Purchase.of(id, 1, "chf"));

    assertThat(stripe.get("/v1/events?type=payment_intent.*").ids()).hasSize(2);
    assertThat(stripe.get("/v1/events?type=customer.created").ids()).hasSize(1);
    assertThat(stripe.get("/v1/events?type=customer").ids()).isEmpty();
    assertThat(stripe.get("/v1/events?type=a&types[]=b").status()).isEqualTo(400);
    assertThat(stripe.get("/v1/events?" + "types[]=x&".repeat(21)).status()).isEqualTo(400);
  }

  @Test
  void freezesAnEventAtItsMoment() {
    String id = stripe.customer("name=a");
    String event = stripe.get("/v1/events").ids().getFirst();
    stripe.post(CUSTOMERS + "/" + id, "name=b");

    JsonNode later = stripe.get("/v1/events/" + event).body();

    assertThat(later.path("data").path("object").path("name").asString()).isEqualTo("a");
  }

  @Test
  void sendsOnlyEventsThatTheEndpointHearsButListsAll() {
    String id = stripe.customer("name=a");
    stripe.engine.person().purchase(Purchase.of(id, 1, "chf"));

    assertThat(StripeBench.types(stripe.events(200))).doesNotContain("payment_intent.created");
    assertThat(stripe.get("/v1/events?type=payment_intent.created").ids()).hasSize(1);
  }

  @Test
  void refusesOverTheLimitWithTheReason() {
    StripeBench limited = StripeBench.with(StripeSettings.local(""));
    for (int i = 0; i < 100; i++) {
      assertThat(limited.get("/v1/account").status()).isEqualTo(200);
      limited.clock.advance(Duration.ofMillis(9));
    }

    Answer refused = limited.get("/v1/account");
    limited.engine.changeEndpointLimit(1);
    limited.clock.advance(Duration.ofSeconds(2));
    limited.get("/v1/account");
    Answer endpoint = limited.get("/v1/account");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("rate_limit");
    assertThat(refused.response().header("Stripe-Rate-Limited-Reason")).contains("global-rate");
    assertThat(endpoint.response().header("Stripe-Rate-Limited-Reason")).contains("endpoint-rate");
    assertThat(limited.get("/v1/events").status()).isEqualTo(200);
  }

  /** Threads come late to their calls, and in another order. */
  @Test
  void countsACallWhereItArrivedAndNotWhereItsTurnCame() {
    StripeBench limited = StripeBench.with(StripeSettings.local(""));
    limited.engine.changeLimit(2);
    Instant begin = limited.clock.instant();
    limited.clock.advance(Duration.ofSeconds(5));

    assertThat(limited.getArrived("/v1/account", begin).status()).isEqualTo(200);
    assertThat(limited.getArrived("/v1/account", begin.plusMillis(600)).status()).isEqualTo(200);
    assertThat(limited.getArrived("/v1/account", begin.plusMillis(1_000)).status()).isEqualTo(200);
    assertThat(limited.getArrived("/v1/account", begin.plusMillis(700)).status()).isEqualTo(429);
    assertThat(limited.engine.calls().newest(1).getFirst().at()).isEqualTo(begin.plusMillis(1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global-concurrency",
        "endpoint-rate",
        "endpoint-concurrency",
        "resource-specific"
      })
  void stormsForTheReasonThatIsNamed(String reason) {
    stripe.engine.faults().add(Fault.storm().because(reason).times(1));

    Answer refused = stripe.get(CUSTOMERS);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.response().header("Stripe-Rate-Limited-Reason")).contains(reason);
    assertThat(stripe.get(CUSTOMERS).status()).isEqualTo(200);
  }

  @Test
  void makesTwoEventsOfOneHappeningWhenAskedTo() {
    stripe.engine.changeTwinRate(1);
    String id = stripe.customer("name=a");

    List<JsonNode> events = stripe.events(200);

    assertThat(events)
        .hasSize(2)
        .allSatisfy(event ->
            assertThat(event.path("data").path("object").path("id").asString()).isEqualTo(id));
    assertThat(StripeBench.types(events)).containsOnly("customer.created");
    assertThat(events.get(0).path("id")).isNotEqualTo(events.get(1).path("id"));
    assertThat(stripe.get("/v1/events").ids()).hasSize(2);
    assertThatThrownBy(() -> stripe.engine.changeTwinRate(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsEventsForThirtyDays() {
    stripe.customer("name=a");
    String event = stripe.get("/v1/events").ids().getFirst();
    stripe.clock.advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(stripe.get("/v1/events").ids()).containsExactly(event);

    stripe.clock.advance(Duration.ofSeconds(1));

    assertThat(stripe.get("/v1/events").ids()).isEmpty();
    assertThat(stripe.get("/v1/events/" + event).code()).isEqualTo("resource_missing");
  }

  @Test
  void limitsSearchByItself() {
    for (int i = 0; i < 20; i++) {
      assertThat(stripe.get(CUSTOMERS + "/search?query=created>0").status()).isEqualTo(200);
    }

    assertThat(stripe.get(CUSTOMERS + "/search?query=created>0").status()).isEqualTo(429);
  }

  @Test
  void startsAfreshAfterAReset() {
    stripe.customer("name=a");
    stripe.engine.reset();

    assertThat(stripe.get("/v1/events").ids()).isEmpty();
    assertThat(stripe.engine.state().customers()).isEmpty();
    assertThat(stripe.events(200)).isEmpty();
    assertThat(stripe.engine.calls().total()).isEqualTo(1);
  }
}
