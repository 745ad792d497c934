package dev.twofold.simulators.hubspot.engine;

import static dev.twofold.simulators.hubspot.engine.HubSpotBench.CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotBench.Answer;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HubSpotAccountTest {
  private HubSpotBench hubSpot = HubSpotBench.open();

  @Test
  void refusesTheSixteenthCallOfASlidingSecond() {
    hubSpot = HubSpotBench.with(HubSpotSettings.local(""));
    for (int i = 0; i < 15; i++) {
      assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
      hubSpot.clock.advance(Duration.ofMillis(60));
    }

    Answer refused = hubSpot.get(CONTACTS);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("errorType").asString()).isEqualTo("RATE_LIMIT");
    assertThat(refused.body().path("policyName").asString()).isEqualTo("SECONDLY");
    assertThat(refused.message()).isEqualTo("You have reached your secondly limit.");
    assertThat(refused.response().header("X-HubSpot-RateLimit-Max")).contains("15");
    assertThat(refused.response().header("X-HubSpot-RateLimit-Remaining")).contains("0");
    hubSpot.clock.advance(Duration.ofMillis(100));
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
    assertThat(hubSpot.engine.calls().highestPerSecond()).isEqualTo(16);
  }

  @Test
  void keepsHubSpotsOwnWindowWhenAsked() {
    hubSpot =
        HubSpotBench.with(
            HubSpotSettings.local("").withLimit(new RateLimit(190, Duration.ofSeconds(10))));
    for (int i = 0; i < 190; i++) {
      assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
    }

    Answer refused = hubSpot.get(CONTACTS);

    assertThat(refused.message()).isEqualTo("You have reached your ten_secondly_rolling limit.");
    assertThat(refused.body().path("policyName").asString()).isEqualTo("TEN_SECONDLY_ROLLING");
    assertThat(refused.response().header("X-HubSpot-RateLimit-Interval-Milliseconds"))
        .contains("10000");
    assertThat(refused.response().header("X-HubSpot-RateLimit-Daily")).contains("1000000");
  }

  @Test
  void refusesTheSixthSearchInAShapeOfItsOwn() {
    for (int i = 0; i < 5; i++) {
      assertThat(hubSpot.post(CONTACTS + "/search", "{}").status()).isEqualTo(200);
    }

    Answer refused = hubSpot.post(CONTACTS + "/search", "{}");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.category()).isEqualTo("RATE_LIMITS");
    assertThat(refused.body().has("policyName")).isFalse();
    assertThat(refused.body().has("errorType")).isFalse();
    assertThat(refused.response().header("Retry-After")).isEmpty();
    assertThat(refused.response().header("X-HubSpot-RateLimit-Max")).isEmpty();
  }

  @Test
  void refusesWhatIsAboveTheDaysLimitUntilMidnight() {
    hubSpot = HubSpotBench.with(HubSpotBench.settings().withDailyLimit(2));
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
    Answer last = hubSpot.get(CONTACTS);

    Answer refused = hubSpot.get(CONTACTS);

    assertThat(last.response().header("X-HubSpot-RateLimit-Daily-Remaining")).contains("0");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("policyName").asString()).isEqualTo("DAILY");
    assertThat(refused.body().has("requestId")).isTrue();
    hubSpot.clock.advance(Duration.ofDays(1));
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void stormsForTheLimitThatIsNamed() {
    hubSpot.engine.faults().add(Fault.storm().because("daily").times(1));
    hubSpot.engine.faults().add(Fault.storm().because("search").times(1));
    hubSpot.engine.faults().add(Fault.storm().times(1));

    assertThat(hubSpot.get(CONTACTS).body().path("policyName").asString()).isEqualTo("DAILY");
    assertThat(hubSpot.get(CONTACTS).category()).isEqualTo("RATE_LIMITS");
    assertThat(hubSpot.get(CONTACTS).body().path("policyName").asString()).isEqualTo("SECONDLY");
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void followsAChangedLimit() {
    hubSpot.engine.changeLimit(1);

    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(429);
  }

  @Test
  void countsACallWhereItArrivedAndNotWhereItsTurnCame() {
    hubSpot.engine.changeLimit(1);
    Instant begin = hubSpot.clock.instant();
    hubSpot.clock.advance(Duration.ofSeconds(5));
    ApiRequest call =
        ApiRequest.of(
            "GET", CONTACTS, Map.of("Authorization", "Bearer pat-local-twofold"), new byte[0]);

    assertThat(hubSpot.engine.handle(call, begin).status()).isEqualTo(200);
    assertThat(hubSpot.engine.handle(call, begin.plusMillis(999)).status()).isEqualTo(429);
    assertThat(hubSpot.engine.handle(call, begin.plusMillis(1_000)).status()).isEqualTo(200);
    assertThat(hubSpot.engine.handle(call, begin.plusMillis(500)).status()).isEqualTo(429);
  }

  @Test
  void refusesUnknownTokensAndEndsOAuthOnesAfterHalfAnHour() {
    assertThat(hubSpot.call("GET", CONTACTS, "", "").category())
        .isEqualTo("INVALID_AUTHENTICATION");
    Answer token =
        hubSpot.post(
            "/oauth/v1/token",
            "grant_type=authorization_code&client_id=1&code=c&redirect_uri=https%3A%2F%2Fx"
                + "&client_secret=11111111-2222-3333-4444-555555555555");
    String bearer = "Bearer " + token.body().path("access_token").asString();

    assertThat(token.body().path("expires_in").asInt()).isEqualTo(1800);
    Answer live = hubSpot.call("GET", CONTACTS, "", bearer);
    assertThat(live.status()).isEqualTo(200);
    assertThat(live.response().header("X-HubSpot-RateLimit-Daily")).isEmpty();
    hubSpot.clock.advance(Duration.ofMinutes(30).plusSeconds(5));
    Answer expired = hubSpot.call("GET", CONTACTS, "", bearer);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.category()).isEqualTo("EXPIRED_AUTHENTICATION");
    assertThat(expired.message())
        .isEqualTo("The OAuth token used to make this call expired 5 second(s) ago.");
    String refresh =
        "grant_type=refresh_token&client_secret=11111111-2222-3333-4444-555555555555"
            + "&refresh_token="
            + token.body().path("refresh_token").asString();
    Answer renewed = hubSpot.post("/oauth/2026-03/token", refresh);
    assertThat(renewed.body().path("hub_id").asLong()).isEqualTo(900100);
    assertThat(hubSpot.post("/oauth/v1/token", "grant_type=nonsense").status()).isEqualTo(400);
  }

  @Test
  void givesEveryAnswerACorrelationIdAndADate() {
    Answer missing = hubSpot.get(CONTACTS + "/1");

    assertThat(missing.response().header("X-HubSpot-Correlation-Id"))
        .contains(missing.body().path("correlationId").asString());
    assertThat(missing.response().header("Date")).contains("Sun, 01 Nov 2026 10:00:00 GMT");
  }

  @Test
  void createsPropertiesOnceWithinHubSpotsRules() {
    String good =
        "{\"name\":\"stripe_id\",\"label\":\"L\",\"groupName\":\"contactinformation\","
            + "\"type\":\"string\",\"fieldType\":\"text\",\"hasUniqueValue\":true}";
    String path = "/crm/v3/properties/contacts";

    assertThat(hubSpot.post(path, good).status()).isEqualTo(201);
    assertThat(hubSpot.post(path, good).status()).isEqualTo(409);
    assertThat(hubSpot.get(path + "/stripe_id").body().path("hasUniqueValue").asBoolean()).isTrue();
    assertThat(hubSpot.get(path + "/nothing").status()).isEqualTo(404);
    assertThat(hubSpot.get(path).results().size()).isGreaterThan(30);
    for (String bad :
        List.of(
            good.replace("stripe_id", "Stripe"),
            good.replace("stripe_id", "other").replace("\"text\"", "\"number\""),
            good.replace("stripe_id", "other").replace("contactinformation", "nowhere"),
            good.replace("stripe_id", "other").replace("\"label\":\"L\",", ""))) {
      assertThat(hubSpot.post(path, bad).status()).as(bad).isEqualTo(400);
    }
    for (int i = 1; i < 10; i++) {
      assertThat(hubSpot.post(path, good.replace("stripe_id", "u" + i)).status()).isEqualTo(201);
    }
    assertThat(hubSpot.post(path, good.replace("stripe_id", "u10")).status()).isEqualTo(400);
    String group = "{\"name\":\"twofold\",\"label\":\"Twofold\"}";
    assertThat(hubSpot.post(path + "/groups", group).status()).isEqualTo(201);
    assertThat(hubSpot.post(path + "/groups", group).status()).isEqualTo(409);
    assertThat(hubSpot.get(path + "/groups/twofold").status()).isEqualTo(200);
  }

  @Test
  void meetsFaultsAsAsked() {
    hubSpot.engine.faults().add(Fault.error(502).times(1).on("POST", "batch"));
    String create = "{\"inputs\":[{\"properties\":{\"email\":\"a@example.com\"}}]}";

    assertThat(hubSpot.post(CONTACTS + "/batch/create", create).status()).isEqualTo(502);
    assertThat(hubSpot.engine.state().contacts()).isEmpty();

    hubSpot.engine.faults().add(Fault.lostAnswer().times(1));
    ApiResponse lost = hubSpot.post(CONTACTS + "/batch/create", create).response();
    assertThat(lost.lost()).isTrue();
    assertThat(hubSpot.engine.state().contacts()).hasSize(1);

    hubSpot.engine.faults().add(Fault.outage().times(1));
    assertThat(hubSpot.get(CONTACTS).response().header("Content-Type")).contains("text/html");
    hubSpot.engine.faults().add(Fault.storm().times(1));
    assertThat(hubSpot.get(CONTACTS).body().path("errorType").asString()).isEqualTo("RATE_LIMIT");
    hubSpot.engine.faults().add(Fault.lock().times(1));
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(423);
    assertThat(hubSpot.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void enforcesAnAdministratorsRulesOnEveryWrite() {
    String id = hubSpot.contact("zoe@example.com");
    hubSpot.engine.account().require(Set.of("company"));

    Answer create = hubSpot.post(CONTACTS, "{\"properties\":{\"email\":\"a@example.com\"}}");
    Answer update =
        hubSpot.call("PATCH", CONTACTS + "/" + id, "{\"properties\":{\"phone\":\"1\"}}");
    Answer good =
        hubSpot.call("PATCH", CONTACTS + "/" + id, "{\"properties\":{\"company\":\"Acme\"}}");

    assertThat(create.status()).isEqualTo(400);
    assertThat(create.category()).isEqualTo("VALIDATION_ERROR");
    assertThat(update.status()).isEqualTo(400);
    assertThat(update.message()).contains("\"name\":\"company\"");
    assertThat(good.status()).isEqualTo(200);
  }

  @Test
  void sendsGenericNoticesWhenTheAppIsOfTheNewKind() {
    hubSpot.engine.account().useGenericSubscriptions(true);
    String id = hubSpot.contact("zoe@example.com");
    var created = hubSpot.notices();
    hubSpot.engine.person().gdprDelete(Long.parseLong(id), Author.person());
    var erased = hubSpot.notices();

    assertThat(HubSpotBench.types(created))
        .containsExactly("object.propertyChange", "object.creation");
    assertThat(created.getFirst().path("objectTypeId").asString()).isEqualTo("0-1");
    assertThat(created.getFirst().path("isSensitive").asBoolean(true)).isFalse();
    assertThat(HubSpotBench.types(erased))
        .containsExactlyInAnyOrder("object.deletion", "contact.privacyDeletion");
    assertThat(erased.get(0).path("eventId")).isEqualTo(erased.get(1).path("eventId"));
  }

  @Test
  void tellsWhichAccountItIsAndWhenToComeBackFromAMove() {
    assertThat(hubSpot.get("/account-info/v3/details").body().path("portalId").asLong())
        .isEqualTo(900100);
    hubSpot.engine.faults().add(Fault.error(477).times(1));
    assertThat(hubSpot.get(CONTACTS).response().header("Retry-After")).contains("5");
  }

  @Test
  void startsAfreshAfterAReset() {
    hubSpot.contact("zoe@example.com");
    hubSpot.uniqueProperty("stripe_customer_id");

    hubSpot.engine.reset();

    assertThat(hubSpot.engine.state().contacts()).isEmpty();
    assertThat(hubSpot.notices()).isEmpty();
    assertThat(hubSpot.engine.calls().total()).isZero();
    assertThat(hubSpot.get("/crm/v3/properties/contacts/stripe_customer_id").status())
        .isEqualTo(404);
    assertThat(hubSpot.contact("zoe@example.com")).isNotEmpty();
  }
}
