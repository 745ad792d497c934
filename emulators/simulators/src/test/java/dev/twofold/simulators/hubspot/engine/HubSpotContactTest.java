package dev.twofold.simulators.hubspot.engine;

import static dev.twofold.simulators.hubspot.engine.HubSpotBench.CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.hubspot.engine.HubSpotBench.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotContactTest {
  private final HubSpotBench hubSpot = HubSpotBench.open();

  private Answer create(String properties) {
    return hubSpot.post(CONTACTS, "{\"properties\":" + properties + "}");
  }

  @Test
  void createsWithLowerCaseAddressAndAnswersWrittenAndComputedPropertiesOnly() {
    Answer answer = create("{\"email\":\"Zoe@Example.COM\",\"phone\":\"+41 44\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("id").isString()).isTrue();
    assertThat(answer.body().path("archived").asBoolean(true)).isFalse();
    assertThat(answer.body().path("properties").propertyNames())
        .contains("email", "phone", "hs_object_id", "createdate", "lastmodifieddate")
        .contains("hs_email_domain", "lifecyclestage")
        .doesNotContain("firstname", "lastname");
    assertThat(answer.body().path("properties").path("email").asString())
        .isEqualTo("zoe@example.com");
  }

  @Test
  void showsTheDefaultPropertiesWhenNoneAreAskedFor() {
    String id = hubSpot.contact("zoe@example.com");

    Answer answer = hubSpot.get(CONTACTS + "/" + id);

    assertThat(answer.body().path("properties").propertyNames())
        .containsExactlyInAnyOrder(
            "createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname");
    assertThat(answer.body().path("properties").path("firstname").isNull()).isTrue();
  }

  @Test
  void showsUnsetAsNullClearedAsEmptyAndUnknownNotAtAll() {
    String id = hubSpot.contact("zoe@example.com");
    hubSpot.call("PATCH", CONTACTS + "/" + id, "{\"properties\":{\"phone\":\"1\"}}");
    hubSpot.call("PATCH", CONTACTS + "/" + id, "{\"properties\":{\"phone\":\"\"}}");

    var properties =
        hubSpot
            .get(CONTACTS + "/" + id + "?properties=phone,city,nonsense")
            .body()
            .path("properties");

    assertThat(properties.path("phone").stringValue()).isEmpty();
    assertThat(properties.path("city").isNull()).isTrue();
    assertThat(properties.has("nonsense")).isFalse();
  }

  @Test
  void dropsTheFractionOfAWholeSecond() {
    hubSpot.clock.set(Instant.parse("2026-11-01T10:00:00Z"));
    Answer whole = create("{\"email\":\"a@example.com\"}");
    hubSpot.clock.set(Instant.parse("2026-11-01T10:00:00.120Z"));
    Answer fraction = create("{\"email\":\"b@example.com\"}");

    assertThat(whole.body().path("createdAt").asString()).isEqualTo("2026-11-01T10:00:00Z");
    assertThat(fraction.body().path("createdAt").asString()).isEqualTo("2026-11-01T10:00:00.120Z");
  }

  @Test
  void refusesAnAddressThatAnyContactHoldsInAnyCaseAndNamesTheContact() {
    String id = hubSpot.contact("zoe@example.com");
    hubSpot
        .engine
        .person()
        .addSecondaryEmail(Long.parseLong(id), "second@example.com", Author.person());

    for (String taken : List.of("ZOE@example.com", "Second@Example.com")) {
      Answer answer = create("{\"email\":\"" + taken + "\"}");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.category()).isEqualTo("CONFLICT");
      assertThat(answer.message()).isEqualTo("Contact already exists. Existing ID: " + id);
      assertThat(answer.body().has("context")).isFalse();
    }
  }

  @Test
  void mayLeaveTheExistingIdOut() {
    HubSpotBench terse = HubSpotBench.with(HubSpotBench.settings().namingExistingIds(false));
    terse.contact("zoe@example.com");

    Answer answer = terse.post(CONTACTS, "{\"properties\":{\"email\":\"zoe@example.com\"}}");

    assertThat(answer.message()).isEqualTo("Contact already exists");
  }

  @ParameterizedTest
  @CsvSource({
    "zoe@example.test",
    "zoe@example.invalid",
    "zoe@mail.local",
    "zoe@example",
    "zoe",
    "@example.com",
    "'\"zoe x\"@example.com'",
    "zoe@example..com",
    "zoe x@example.com"
  })
  void refusesAddressesWithoutARealTopLevelDomainOrSyntax(String address) {
    Answer answer = create("{\"email\":\"" + address.replace("\"", "\\\"") + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.category()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.message())
        .startsWith("Property values were not valid: [{\"isValid\":false")
        .contains("\"error\":\"INVALID_EMAIL\"", "\"name\":\"email\"");
    assertThat(answer.body().path("errors").path(0).path("code").asString())
        .isEqualTo("INVALID_EMAIL");
  }

  @ParameterizedTest
  @CsvSource({"zoe@example.com", "zoe+tag@sub.example.ch", "z.o@example.photography"})
  void takesOrdinaryAddresses(String address) {
    assertThat(create("{\"email\":\"" + address + "\"}").status()).isEqualTo(201);
  }

  @Test
  void refusesUnknownAndReadOnlyPropertiesWithJsonInsideTheMessage() {
    Answer answer =
        create("{\"email\":\"a@example.com\",\"first000name\":\"x\",\"hs_object_id\":\"1\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .contains(
            "{\"isValid\":false,\"message\":\"Property \\\"first000name\\\" does not exist\","
                + "\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"first000name\"}")
        .contains("READ_ONLY_VALUE");
    assertThat(hubSpot.engine.state().contacts()).isEmpty();
  }

  @Test
  void refusesACreationWithoutNameOrAddressAndOneWithoutProperties() {
    assertThat(create("{\"phone\":\"1\"}").status()).isEqualTo(400);
    assertThat(hubSpot.post(CONTACTS, "{}").message()).contains("[properties]");
    assertThat(hubSpot.post(CONTACTS, "not json").message()).startsWith("Invalid input JSON");
  }

  @Test
  void findsByIdByAddressAndByUniqueProperty() {
    hubSpot.uniqueProperty("stripe_customer_id");
    String id =
        create("{\"email\":\"zoe@example.com\",\"stripe_customer_id\":\"cus_1\"}")
            .body()
            .path("id")
            .asString();

    assertThat(hubSpot.get(CONTACTS + "/" + id).status()).isEqualTo(200);
    assertThat(
            hubSpot
                .get(CONTACTS + "/ZOE@example.com?idProperty=email")
                .body()
                .path("id")
                .asString())
        .isEqualTo(id);
    assertThat(
            hubSpot
                .get(CONTACTS + "/cus_1?idProperty=stripe_customer_id")
                .body()
                .path("id")
                .asString())
        .isEqualTo(id);
    assertThat(hubSpot.get(CONTACTS + "/1?idProperty=firstname").status()).isEqualTo(400);
    Answer missing = hubSpot.get(CONTACTS + "/999");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.message()).isEqualTo("resource not found");
  }

  @Test
  void refusesAUniqueValueThatAnotherContactHas() {
    hubSpot.uniqueProperty("stripe_customer_id");
    String first =
        create("{\"email\":\"a@example.com\",\"stripe_customer_id\":\"cus_1\"}")
            .body()
            .path("id")
            .asString();

    Answer answer = create("{\"email\":\"b@example.com\",\"stripe_customer_id\":\"cus_1\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .contains("CONFLICTING_UNIQUE_VALUE", first + " already has that value.");
  }

  @Test
  void movesLifecycleForwardOnlyUnlessClearedFirst() {
    String id = hubSpot.contact("zoe@example.com");
    patch(id, "lifecyclestage", "customer");
    patch(id, "lifecyclestage", "lead");
    assertThat(value(id, "lifecyclestage")).isEqualTo("customer");

    patch(id, "lifecyclestage", "");
    patch(id, "lifecyclestage", "lead");
    assertThat(value(id, "lifecyclestage")).isEqualTo("lead");
  }

  private void patch(String id, String name, String value) {
    Answer answer =
        hubSpot.call(
            "PATCH", CONTACTS + "/" + id, "{\"properties\":{\"" + name + "\":\"" + value + "\"}}");
    assertThat(answer.status()).isEqualTo(200);
  }

  private String value(String id, String name) {
    return hubSpot.engine.state().contact(Long.parseLong(id)).orElseThrow().value(name);
  }

  @Test
  void listsInPagesAndArchivedOnesApart() {
    for (int i = 0; i < 5; i++) {
      hubSpot.contact("c" + i + "@example.com");
    }
    String gone = hubSpot.contact("gone@example.com");
    assertThat(hubSpot.call("DELETE", CONTACTS + "/" + gone, "").status()).isEqualTo(204);

    Answer first = hubSpot.get(CONTACTS + "?limit=3");
    String after = first.body().path("paging").path("next").path("after").asString();
    Answer second = hubSpot.get(CONTACTS + "?limit=3&after=" + after);
    Answer archived = hubSpot.get(CONTACTS + "?archived=true");

    assertThat(first.results().size()).isEqualTo(3);
    assertThat(second.results().size()).isEqualTo(2);
    assertThat(second.body().has("paging")).isFalse();
    assertThat(archived.results().path(0).path("id").asString()).isEqualTo(gone);
    assertThat(archived.results().path(0).has("archivedAt")).isTrue();
    assertThat(hubSpot.get(CONTACTS + "?limit=101").status()).isEqualTo(400);
    assertThat(hubSpot.get(CONTACTS + "/" + gone).status()).isEqualTo(404);
    assertThat(hubSpot.get(CONTACTS + "/" + gone + "?archived=true").status()).isEqualTo(200);
  }

  @Test
  void freesTheAddressOfADeletedContactAndRefusesToRestoreWhenItIsTaken() {
    String gone = hubSpot.contact("zoe@example.com");
    hubSpot.engine.person().delete(Long.parseLong(gone), Author.person());
    hubSpot.contact("zoe@example.com");

    assertThatThrownBy(() -> hubSpot.engine.person().restore(Long.parseLong(gone), Author.person()))
        .isInstanceOf(HubSpotPerson.Refused.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void leadsTheIdOfAMergedContactToTheSurvivor() {
    String primary = hubSpot.contact("zoe@example.com");
    String loser = hubSpot.contact("old@example.com");
    patch(loser, "phone", "+4144");

    Answer merged =
        hubSpot.post(
            CONTACTS + "/merge",
            "{\"primaryObjectId\":\"" + primary + "\",\"objectIdToMerge\":\"" + loser + "\"}");
    Answer byOldId =
        hubSpot.get(
            CONTACTS + "/" + loser + "?properties=phone,hs_merged_object_ids,hs_additional_emails");

    assertThat(merged.status()).isEqualTo(200);
    assertThat(byOldId.body().path("id").asString()).isEqualTo(primary);
    var properties = byOldId.body().path("properties");
    assertThat(properties.path("phone").asString()).isEqualTo("+4144");
    assertThat(properties.path("hs_merged_object_ids").asString()).isEqualTo(loser);
    assertThat(properties.path("hs_additional_emails").asString()).isEqualTo("old@example.com");
    assertThat(
            hubSpot
                .get(CONTACTS + "/old@example.com?idProperty=email")
                .body()
                .path("id")
                .asString())
        .isEqualTo(primary);
  }

  @Test
  void erasesForGoodAndBlocksAnAddressThatNobodyHad() {
    String id = hubSpot.contact("zoe@example.com");

    assertThat(gdpr("{\"objectId\":\"zoe@example.com\",\"idProperty\":\"email\"}")).isEqualTo(204);
    assertThat(hubSpot.get(CONTACTS + "/" + id + "?archived=true").status()).isEqualTo(404);
    assertThat(create("{\"email\":\"zoe@example.com\"}").status()).isEqualTo(201);

    assertThat(gdpr("{\"objectId\":\"no@example.com\",\"idProperty\":\"email\"}")).isEqualTo(204);
    Answer blocked = create("{\"email\":\"no@example.com\"}");
    assertThat(blocked.status()).isEqualTo(400);
    assertThat(blocked.message()).contains("email has been GDPR blacklisted");
    assertThat(gdpr("{\"objectId\":\"1\"}")).isEqualTo(404);
  }

  private int gdpr(String body) {
    return hubSpot.post(CONTACTS + "/gdpr-delete", body).status();
  }

  @Test
  void keepsTheHistoryOfAProperty() {
    String id = hubSpot.contact("zoe@example.com");
    patch(id, "phone", "1");
    patch(id, "phone", "2");

    var history =
        hubSpot
            .get(CONTACTS + "/" + id + "?propertiesWithHistory=phone")
            .body()
            .path("propertiesWithHistory")
            .path("phone");

    assertThat(history.path(0).path("value").asString()).isEqualTo("2");
    assertThat(history.path(1).path("value").asString()).isEqualTo("1");
    assertThat(history.path(0).path("sourceId").asString()).isEqualTo("77001");
  }

  @Test
  void servesTheDatedPathsToo() {
    String id = hubSpot.contact("zoe@example.com");

    for (String path :
        List.of(
            "/crm/objects/2026-09/contacts/" + id,
            "/crm/objects/2026-03/0-1/" + id,
            "/crm/v3/objects/0-1/" + id,
            "/crm/properties/2026-09/contacts/email")) {
      assertThat(hubSpot.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(hubSpot.get("/crm/v3/objects/deals").status()).isEqualTo(404);
    assertThat(hubSpot.call("PUT", CONTACTS, "{}").status()).isEqualTo(405);
  }

  @Test
  void storesNothingWhenAPersonIsRefused() {
    hubSpot.contact("zoe@example.com");

    assertThatThrownBy(() ->
            hubSpot.engine.person().create(Map.of("email", "zoe@example.com"), Author.person()))
        .isInstanceOf(HubSpotPerson.Refused.class);
    assertThat(hubSpot.engine.state().contacts()).hasSize(1);
  }
}
