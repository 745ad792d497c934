package dev.twofold.simulators.hubspot.engine;

import static dev.twofold.simulators.hubspot.engine.HubSpotBench.CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotBench.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotSearchTest {
  private final HubSpotBench hubSpot = HubSpotBench.open();

  private Answer search(String property, String operator, String rest) {
    hubSpot.clock.advance(Duration.ofMillis(250));
    return hubSpot.post(
        CONTACTS + "/search",
        "{\"filterGroups\":[{\"filters\":[{\"propertyName\":\""
            + property
            + "\",\"operator\":\""
            + operator
            + "\""
            + rest
            + "}]}]}");
  }

  private int byEmail(String email) {
    return search("email", "EQ", ",\"value\":\"" + email + "\"").body().path("total").asInt();
  }

  @Test
  void doesNotSeeWhatIsNew() {
    hubSpot.contact("zoe@example.com");

    assertThat(byEmail("zoe@example.com")).isZero();
    hubSpot.clock.advance(Duration.ofSeconds(3));
    assertThat(byEmail("zoe@example.com")).isEqualTo(1);
  }

  @Test
  void matchesTheOldValueAndShowsTheNewOne() {
    String id = hubSpot.contact("old@example.com");
    hubSpot.clock.advance(Duration.ofSeconds(5));
    hubSpot
        .engine
        .person()
        .update(Long.parseLong(id), Map.of("email", "new@example.com"), Author.person());

    Answer stale = search("email", "EQ", ",\"value\":\"old@example.com\"");

    assertThat(stale.results().path(0).path("properties").path("email").asString())
        .isEqualTo("new@example.com");
    assertThat(byEmail("new@example.com")).isZero();
    hubSpot.clock.advance(Duration.ofSeconds(3));
    assertThat(byEmail("new@example.com")).isEqualTo(1);
    assertThat(byEmail("old@example.com")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "firstname|EQ|,\"value\":\"ADA\"|1",
        "firstname|NEQ|,\"value\":\"ada\"|2",
        "firstname|IN|,\"values\":[\"ada\",\"ben\"]|2",
        "firstname|NOT_IN|,\"values\":[\"ada\",\"ben\"]|1",
        "phone|HAS_PROPERTY||1",
        "phone|NOT_HAS_PROPERTY||2",
        "firstname|CONTAINS_TOKEN|,\"value\":\"a*\"|1",
        "email|CONTAINS_TOKEN|,\"value\":\"example\"|3",
        "createdate|GTE|,\"value\":\"2026-11-01\"|3",
        "createdate|LT|,\"value\":\"2026-11-01\"|0",
        "createdate|BETWEEN|,\"value\":\"2026-10-01\",\"highValue\":\"2026-12-01\"|3"
      })
  void knowsTheOperators(String property, String operator, String rest, int hits) {
    var person = hubSpot.engine.person();
    person.create(Map.of("email", "a@example.com", "firstname", "Ada"), Author.person());
    person.create(
        Map.of("email", "b@example.com", "firstname", "Ben", "phone", "1"), Author.person());
    person.create(Map.of("email", "c@example.com", "firstname", "Cleo"), Author.person());
    hubSpot.clock.advance(Duration.ofSeconds(4));

    Answer answer = search(property, operator, rest == null ? "" : rest);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("total").asInt()).isEqualTo(hits);
  }

  @Test
  void pagesSortsAndKeepsItsCaps() {
    for (int i = 0; i < 5; i++) {
      hubSpot.contact(i + "@example.com");
    }
    hubSpot.clock.advance(Duration.ofSeconds(4));

    Answer page =
        hubSpot.post(
            CONTACTS + "/search",
            "{\"limit\":2,\"after\":\"2\",\"sorts\":[{\"propertyName\":\"email\","
                + "\"direction\":\"DESCENDING\"}]}");

    assertThat(page.body().path("total").asInt()).isEqualTo(5);
    assertThat(page.results().path(0).path("properties").path("email").asString())
        .isEqualTo("2@example.com");
    assertThat(page.body().path("paging").path("next").path("after").asString()).isEqualTo("4");
    hubSpot.clock.advance(Duration.ofSeconds(4));
    assertThat(refused("{\"limit\":201}")).isEqualTo(400);
    assertThat(refused("{\"limit\":100,\"after\":\"9950\"}")).isEqualTo(400);
    assertThat(refused("{\"query\":\"" + "x".repeat(3_000) + "\"}")).isEqualTo(400);
    assertThat(search("nonsense", "EQ", ",\"value\":\"1\"").status()).isEqualTo(400);
    hubSpot.clock.advance(Duration.ofSeconds(4));
    assertThat(search("email", "LIKE", ",\"value\":\"1\"").status()).isEqualTo(400);
  }

  private int refused(String body) {
    hubSpot.clock.advance(Duration.ofMillis(250));
    return hubSpot.post(CONTACTS + "/search", body).status();
  }

  @Test
  void neverShowsArchivedContacts() {
    String id = hubSpot.contact("zoe@example.com");
    hubSpot.clock.advance(Duration.ofSeconds(4));
    hubSpot.engine.person().delete(Long.parseLong(id), Author.person());

    assertThat(byEmail("zoe@example.com")).isZero();
  }
}
