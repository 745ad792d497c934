package dev.twofold.simulators.hubspot.engine;

import static dev.twofold.simulators.hubspot.engine.HubSpotBench.CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotBench.Answer;
import dev.twofold.simulators.web.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class HubSpotBatchTest {
  private final HubSpotBench hubSpot = HubSpotBench.open();
  private final ObjectNode body = Json.object();
  private final ArrayNode inputs = body.putArray("inputs");

  private Answer send(String action) {
    return hubSpot.post(CONTACTS + "/batch/" + action, Json.text(body));
  }

  private ObjectNode input(String name, String value) {
    ObjectNode input = inputs.addObject();
    input.putObject("properties").put(name, value);
    return input;
  }

  private static List<String> emails(Answer answer) {
    return answer.results().values().stream()
        .map(result -> result.path("properties").path("email").asString(""))
        .toList();
  }

  @Test
  void createsAllAndAnswersInAnOrderOfItsOwn() {
    for (int i = 0; i < 100; i++) {
      input("email", "c" + i + "@example.com");
    }

    Answer answer = send("create");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("status").asString()).isEqualTo("COMPLETE");
    assertThat(answer.body().has("errors")).isFalse();
    assertThat(emails(answer)).hasSize(100).doesNotHaveDuplicates();
    assertThat(emails(answer)).isNotEqualTo(emails(answer).stream().sorted().toList());
  }

  @Test
  void refusesTheWholeBatchForOneConflictWithoutTraceIds() {
    String there = hubSpot.contact("there@example.com");
    input("email", "fresh@example.com");
    input("email", "there@example.com");

    Answer answer = send("create");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.message()).isEqualTo("Contact already exists. Existing ID: " + there);
    assertThat(hubSpot.engine.state().contacts()).hasSize(1);
  }

  @Test
  void refusesTheWholeBatchWithoutAnIdForAnAddressThatItHasTwice() {
    input("email", "twice@example.com");
    input("email", "TWICE@example.com");

    Answer answer = send("create");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.message()).isEqualTo("Contact already exists");
    assertThat(hubSpot.engine.state().contacts()).isEmpty();
  }

  @Test
  void namesEveryBadPropertyInTheMessageAndTheFirstThreeAsErrors() {
    input("first000name", "x");
    input("last000name", "x");
    input("first000name", "y");
    input("last000name", "y");

    Answer answer = send("create");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message().split("PROPERTY_DOESNT_EXIST", -1)).hasSize(5);
    assertThat(answer.body().path("errors").size()).isEqualTo(3);
    assertThat(
            answer
                .body()
                .path("errors")
                .path(1)
                .path("context")
                .path("propertyName")
                .path(0)
                .asString())
        .isEqualTo("last000name");
  }

  @Test
  void writesTheGoodRowsAndListsTheBadOnesWhenEveryRowHasATraceId() {
    String there = hubSpot.contact("there@example.com");
    input("email", "there@example.com").put("objectWriteTraceId", "0");
    input("email", "fresh@example.com").put("objectWriteTraceId", "1");
    input("email", "bad@example.test").put("objectWriteTraceId", "2");

    Answer answer = send("create");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(emails(answer)).containsExactly("fresh@example.com");
    assertThat(answer.results().path(0).path("objectWriteTraceId").asString()).isEqualTo("1");
    assertThat(answer.body().path("numErrors").asInt()).isEqualTo(2);
    JsonNode conflict = answer.body().path("errors").path(0);
    assertThat(conflict.path("category").asString()).isEqualTo("CONFLICT");
    assertThat(conflict.path("context").path("objectWriteTraceId").path(0).asString())
        .isEqualTo("0");
    assertThat(conflict.path("context").path("existingId").path(0).asString()).isEqualTo(there);
    JsonNode invalid = answer.body().path("errors").path(1);
    assertThat(invalid.path("category").asString()).isEqualTo("VALIDATION_ERROR");
    assertThat(invalid.path("context").path("objectWriteTraceId").path(0).asString())
        .isEqualTo("2");
  }

  @Test
  void isNotPartialWhenOneRowLacksItsTraceId() {
    hubSpot.contact("there@example.com");
    input("email", "there@example.com").put("objectWriteTraceId", "0");
    input("email", "fresh@example.com");

    assertThat(send("create").status()).isEqualTo(409);
    assertThat(hubSpot.engine.state().contacts()).hasSize(1);
  }

  @Test
  void refusesMoreThanAHundredInputsAndNoInputsAtAll() {
    for (int i = 0; i < 101; i++) {
      input("email", "c" + i + "@example.com");
    }
    assertThat(send("create").status()).isEqualTo(400);
    assertThat(hubSpot.post(CONTACTS + "/batch/create", "{}").message()).contains("[inputs]");
  }

  @Test
  void readsKnownOnesOnceAndListsUnknownIds() {
    String id = hubSpot.contact("zoe@example.com");
    inputs.addObject().put("id", id);
    inputs.addObject().put("id", id);
    inputs.addObject().put("id", "99");
    inputs.addObject().put("id", "nonsense");

    Answer answer = send("read");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.results().size()).isEqualTo(1);
    JsonNode error = answer.body().path("errors").path(0);
    assertThat(error.path("category").asString()).isEqualTo("OBJECT_NOT_FOUND");
    assertThat(error.path("message").asString()).startsWith("Could not get some CONTACT objects");
    assertThat(error.path("context").path("ids").values())
        .extracting(JsonNode::asString)
        .containsExactly("99", "nonsense");
  }

  @Test
  void readsBySecondaryAddressWithoutEchoingIt() {
    String id = hubSpot.contact("zoe@example.com");
    hubSpot
        .engine
        .person()
        .addSecondaryEmail(Long.parseLong(id), "old@example.com", Author.person());
    body.put("idProperty", "email");
    body.putArray("properties").add("email").add("hs_additional_emails");
    inputs.addObject().put("id", "Old@example.com");

    Answer answer = send("read");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(emails(answer)).containsExactly("zoe@example.com");
    assertThat(answer.results().path(0).path("properties").path("hs_additional_emails").asString())
        .isEqualTo("old@example.com");
  }

  @Test
  void readsAtMostFiftyWithHistory() {
    body.putArray("propertiesWithHistory").add("phone");
    for (int i = 0; i < 51; i++) {
      inputs.addObject().put("id", Integer.toString(i));
    }
    assertThat(send("read").status()).isEqualTo(400);
  }

  @Test
  void updatesAndListsUnknownIds() {
    String id = hubSpot.contact("zoe@example.com");
    input("phone", "1").put("id", id);
    input("phone", "2").put("id", "99");

    Answer answer = send("update");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.results().path(0).path("properties").propertyNames())
        .contains("phone")
        .doesNotContain("email");
    assertThat(answer.body().path("errors").path(0).path("category").asString())
        .isEqualTo("OBJECT_NOT_FOUND");
  }

  @Test
  void saysNothingOfAMergedAwayIdInAnUpdate() {
    String primary = hubSpot.contact("zoe@example.com");
    String loser = hubSpot.contact("old@example.com");
    hubSpot.engine.person().merge(Long.parseLong(primary), Long.parseLong(loser), Author.person());
    input("phone", "1").put("id", loser);

    Answer answer = send("update");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.results().size()).isZero();
    assertThat(answer.body().has("errors")).isFalse();
    assertThat(hubSpot.engine.state().contact(Long.parseLong(primary)).orElseThrow().value("phone"))
        .isEmpty();
  }

  @Test
  void refusesDuplicateIdsEvenWithTraceIds() {
    String id = hubSpot.contact("zoe@example.com");
    input("phone", "1").put("id", id).put("objectWriteTraceId", "0");
    input("phone", "2").put("id", id).put("objectWriteTraceId", "1");

    Answer answer = send("update");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo("Duplicate IDs found in batch input: [" + id + "]. IDs must be unique");
    assertThat(answer.body().path("context").path("ids").path(0).asString()).isEqualTo(id);
  }

  @Test
  void refusesAnUpdateByAddress() {
    hubSpot.contact("zoe@example.com");
    input("phone", "1").put("id", "zoe@example.com").put("idProperty", "email");

    assertThat(send("update").message())
        .startsWith("Unable to perform update/upsert by non-unique 0-1 property");
  }

  @Test
  void updatesPartiallyWithTraceIdsAndNotAtAllWithout() {
    hubSpot.contact("taken@example.com");
    String id = hubSpot.contact("zoe@example.com");
    String other = hubSpot.contact("other@example.com");
    input("email", "taken@example.com").put("id", id);
    input("phone", "2").put("id", other);

    assertThat(send("update").status()).isEqualTo(409);
    assertThat(hubSpot.engine.state().contact(Long.parseLong(other)).orElseThrow().value("phone"))
        .isEmpty();
    inputs
        .values()
        .forEach(
            input -> ((ObjectNode) input).put("objectWriteTraceId", input.path("id").asString()));
    Answer partial = send("update");
    assertThat(partial.status()).isEqualTo(207);
    assertThat(partial.results().size()).isEqualTo(1);
    assertThat(partial.body().path("errors").path(0).path("category").asString())
        .isEqualTo("CONFLICT");
  }

  @Test
  void upsertsByAddressAndByUniquePropertyAndTellsWhatIsNew() {
    hubSpot.uniqueProperty("stripe_customer_id");
    hubSpot.contact("zoe@example.com");
    input("phone", "1").put("id", "zoe@example.com").put("idProperty", "email");
    input("phone", "2").put("id", "new@example.com").put("idProperty", "email");

    Answer byEmail = send("upsert");

    assertThat(byEmail.status()).isEqualTo(200);
    assertThat(byEmail.results().values())
        .extracting(result -> result.path("new").asBoolean())
        .containsExactlyInAnyOrder(true, false);
    assertThat(hubSpot.engine.state().contactByEmail("new@example.com")).isPresent();

    inputs.removeAll();
    input("email", "unique@example.com").put("id", "cus_9").put("idProperty", "stripe_customer_id");
    send("upsert");
    assertThat(
            hubSpot
                .engine
                .state()
                .contactByEmail("unique@example.com")
                .orElseThrow()
                .value("stripe_customer_id"))
        .isEqualTo("cus_9");
  }

  @Test
  void refusesAWholeUpsertForAConflictEvenWithTraceIds() {
    hubSpot.uniqueProperty("stripe_customer_id");
    hubSpot.contact("zoe@example.com");
    input("email", "zoe@example.com")
        .put("id", "cus_1")
        .put("idProperty", "stripe_customer_id")
        .put("objectWriteTraceId", "0");
    input("email", "fine@example.com")
        .put("id", "cus_2")
        .put("idProperty", "stripe_customer_id")
        .put("objectWriteTraceId", "1");

    assertThat(send("upsert").status()).isEqualTo(409);
    assertThat(hubSpot.engine.state().contactByEmail("fine@example.com")).isEmpty();
  }

  @Test
  void refusesAnUpsertByAPropertyThatIsNotUnique() {
    input("phone", "1").put("id", "Zoe").put("idProperty", "firstname");

    assertThat(send("upsert").status()).isEqualTo(400);
  }

  @Test
  void archivesWhatIsThere() {
    String id = hubSpot.contact("zoe@example.com");
    inputs.addObject().put("id", id);
    inputs.addObject().put("id", "99");

    assertThat(send("archive").status()).isEqualTo(204);
    assertThat(hubSpot.engine.state().liveContacts()).isEmpty();
  }
}
