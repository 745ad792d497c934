package dev.twofold.simulators.hubspot.engine;

import static dev.twofold.simulators.hubspot.engine.HubSpotBench.CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HubSpotNoticeTest {
  private final HubSpotBench hubSpot = HubSpotBench.open();

  private long create(Map<String, String> properties, String changeSource) {
    return hubSpot.engine.person().create(properties, Author.of(changeSource));
  }

  @Test
  void tellsOfACreationAndOfEachPropertyAtTheSameMomentTheCreationNeverFirst() {
    for (int i = 0; i < 50; i++) {
      create(
          Map.of("email", i + "@example.com", "firstname", "A", "lastname", "B", "phone", "1"),
          "IMPORT");
      List<JsonNode> notices = hubSpot.notices();

      assertThat(HubSpotBench.types(notices)).hasSize(5).containsOnlyOnce("contact.creation");
      assertThat(notices.getFirst().path("subscriptionType").asString())
          .isEqualTo("contact.propertyChange");
      assertThat(notices)
          .extracting(one -> one.path("occurredAt").asLong())
          .containsOnly(notices.getFirst().path("occurredAt").asLong());
      assertThat(notices).extracting(one -> one.path("eventId").asLong()).doesNotHaveDuplicates();
    }
  }

  @Test
  void writesTheBodyAsTheGoldenSample() {
    hubSpot.clock.set(Instant.ofEpochMilli(1767225600123L));
    long id = create(Map.of("email", "zoe@example.com"), "CRM_UI");

    assertThat(Json.text(hubSpot.notices().getFirst()))
        .isEqualTo(
            "{\"eventId\":1,\"subscriptionId\":42,\"portalId\":900100,\"appId\":77001,"
                + "\"occurredAt\":1767225600123,\"subscriptionType\":\"contact.propertyChange\","
                + "\"attemptNumber\":0,\"objectId\":"
                + id
                + ",\"changeSource\":\"CRM_UI\","
                + "\"sourceId\":\"userId:9001\",\"propertyName\":\"email\","
                + "\"propertyValue\":\"zoe@example.com\"}");
  }

  @Test
  void echoesOwnWritesWithTheAppsId() {
    hubSpot.post(CONTACTS, "{\"properties\":{\"email\":\"zoe@example.com\"}}");

    assertThat(hubSpot.notices())
        .isNotEmpty()
        .allSatisfy(notice -> {
          assertThat(notice.path("changeSource").asString()).isEqualTo("INTEGRATION");
          assertThat(notice.path("sourceId").stringValue()).isEqualTo("77001");
        });
  }

  @Test
  void tellsOfChangesOnlyAndOfClearingAsAnEmptyValue() {
    long id = create(Map.of("email", "zoe@example.com", "phone", "1"), "CRM_UI");
    hubSpot.notices();

    hubSpot.engine.person().update(id, Map.of("email", "ZOE@example.com"), Author.person());
    assertThat(hubSpot.notices()).isEmpty();
    hubSpot.engine.person().update(id, Map.of("phone", ""), Author.person());
    List<JsonNode> cleared = hubSpot.notices();

    assertThat(cleared).hasSize(1);
    assertThat(cleared.getFirst().path("propertyValue").stringValue()).isEmpty();
  }

  @Test
  void leavesOutPropertiesThatTheAppDoesNotSubscribeTo() {
    create(Map.of("email", "zoe@example.com", "jobtitle", "Chef"), "CRM_UI");

    Set<String> told =
        hubSpot.notices().stream()
            .map(notice -> notice.path("propertyName").asString(""))
            .collect(Collectors.toSet());

    assertThat(told).containsExactlyInAnyOrder("email", "");
  }

  @Test
  void tellsOfEveryWritablePropertyWhenSubscribedToAll() {
    HubSpotBench all = HubSpotBench.with(HubSpotBench.settings().subscribedTo(Set.of("*")));
    all.engine
        .person()
        .create(Map.of("email", "z@example.com", "jobtitle", "Chef"), Author.person());

    assertThat(all.notices())
        .extracting(notice -> notice.path("propertyName").asString(""))
        .containsExactlyInAnyOrder("email", "jobtitle", "lifecyclestage", "");
  }

  @Test
  void tellsOfDeletionRestorationAndMerge() {
    long zoe = create(Map.of("email", "zoe@example.com"), "CRM_UI");
    long old = create(Map.of("email", "old@example.com"), "CRM_UI");
    hubSpot.notices();

    hubSpot.engine.person().delete(zoe, Author.person());
    hubSpot.engine.person().restore(zoe, Author.person());
    hubSpot.engine.person().merge(zoe, old, Author.person());
    List<JsonNode> notices = hubSpot.notices();

    assertThat(HubSpotBench.types(notices))
        .containsExactly(
            "contact.deletion", "contact.restore", "contact.merge", "contact.deletion");
    JsonNode merge = notices.get(2);
    assertThat(merge.path("primaryObjectId").asLong()).isEqualTo(zoe);
    assertThat(merge.path("mergedObjectIds").path(0).asLong()).isEqualTo(old);
    assertThat(notices.get(0).path("changeFlag").asString()).isEqualTo("DELETED");
  }

  @Test
  void tellsOfAPrivacyDeletionTwiceInOneOrderOrTheOther() {
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      long id = create(Map.of("email", i + "@example.com"), "CRM_UI");
      hubSpot.notices();
      hubSpot.engine.person().gdprDelete(id, Author.person());
      orders.add(HubSpotBench.types(hubSpot.notices()));
    }
    assertThat(orders)
        .containsExactlyInAnyOrder(
            List.of("contact.deletion", "contact.privacyDeletion"),
            List.of("contact.privacyDeletion", "contact.deletion"));
  }

  @Test
  void tellsNobodyOfSilentCreations() {
    hubSpot.engine.person().createSilently(Map.of("email", "zoe@example.com"));

    assertThat(hubSpot.notices()).isEmpty();
    assertThat(hubSpot.engine.state().contacts()).hasSize(1);
  }
}
