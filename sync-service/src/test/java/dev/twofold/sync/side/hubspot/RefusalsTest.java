package dev.twofold.sync.side.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.side.CallResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RefusalsTest {

  private final JsonMapper json = new JsonMapper();
  private final Refusals refusals = new Refusals(json);

  @Test
  void readsTheProblemsInsideTheMessage() {
    String message =
        """
        Property values were not valid: [
         {"isValid":false,"message":"Email address x is invalid",
          "error":"INVALID_EMAIL","name":"email"},
         {"isValid":false,"message":"Property \\"y\\" does not exist",
          "error":"PROPERTY_DOESNT_EXIST","name":"y"}]\
        """;

    assertThat(creating(invalid(message)))
        .isEqualTo(
            new CallResult.Refused(
                "email", "Email address x is invalid; Property \"y\" does not exist"));
  }

  @Test
  void fallsBackToTheListWhenTheMessageWasCut() {
    ObjectNode error =
        json.createObjectNode()
            .put("category", "VALIDATION_ERROR")
            .put("message", "Property values were not valid: [{\"isVal...");
    ObjectNode detail = error.putArray("errors").addObject().put("message", "too long");
    detail.putObject("context").putArray("propertyName").add("phone");

    assertThat(creating(error.toString())).isEqualTo(new CallResult.Refused("phone", "too long"));
  }

  @Test
  void keepsTheWordsOfARefusalThatNamesNoProperty() {
    assertThat(creating("{\"category\":\"VALIDATION_ERROR\",\"message\":\"no such thing\"}"))
        .isEqualTo(new CallResult.Refused(null, "no such thing"));
  }

  @Test
  void namesTheContactThatIsThereWhenItIsSaid() {
    assertThat(
            creating(
                """
                {"category":"CONFLICT","message":"Contact already exists. Existing ID: 501"}
                """))
        .isEqualTo(
            new CallResult.Exists(
                RecordId.contact("501"), "Contact already exists. Existing ID: 501"));
    assertThat(
            creating(
                """
                {"category":"CONFLICT","message":"there","context":{"existingId":["502"]}}
                """))
        .isEqualTo(new CallResult.Exists(RecordId.contact("502"), "there"));
    assertThat(creating("{\"category\":\"CONFLICT\",\"message\":\"Contact already exists\"}"))
        .isEqualTo(new CallResult.Exists(null, "Contact already exists"));
  }

  @Test
  void takesAClashOfOurMarkAsAContactThatIsThere() {
    String clash = uniqueClash("stripe_customer_id");

    assertThat(creating(clash))
        .isInstanceOfSatisfying(
            CallResult.Exists.class, exists -> assertThat(exists.existing()).isNull());
    assertThat(refusals.of(error(clash), false, false))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            refused -> assertThat(refused.field()).isEqualTo("stripe_customer_id"));
  }

  @Test
  void refusesAClashOfAnotherUniqueProperty() {
    assertThat(creating(uniqueClash("passport")))
        .isEqualTo(new CallResult.Refused("passport", "another already has that value"));
  }

  @Test
  void refusesAChangeThatAnotherContactStandsInTheWayOf() {
    assertThat(
            refusals.of(
                error("{\"category\":\"CONFLICT\",\"message\":\"Contact already exists\"}"),
                false,
                false))
        .isEqualTo(new CallResult.Refused("email", "Contact already exists"));
  }

  @Test
  void doesNotKnowWhatAnUnlistedCategoryMeans() {
    assertThat(creating("{\"category\":\"NEW\",\"message\":\"odd: zoe@example.com\"}"))
        .isEqualTo(new CallResult.Unknown("odd: (address)"));
  }

  @Test
  void tellsAMissingContactAMissingRightAndALimitApart() {
    assertThat(creating("{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"m\"}"))
        .isEqualTo(new CallResult.Gone("m"));
    assertThat(creating("{\"category\":\"MISSING_SCOPES\",\"message\":\"m\"}"))
        .isEqualTo(new CallResult.Denied("m"));
    assertThat(creating("{\"category\":\"RATE_LIMITS\",\"message\":\"m\"}"))
        .isEqualTo(new CallResult.Limited("rate_limits", null));
  }

  private String uniqueClash(String property) {
    return invalid(
        """
        Property values were not valid: [{"isValid":false,"error":"CONFLICTING_UNIQUE_VALUE",
         "message":"another already has that value","name":"%s"}]\
        """
            .formatted(property));
  }

  private String invalid(String message) {
    return json.createObjectNode()
        .put("category", "VALIDATION_ERROR")
        .put("message", message)
        .toString();
  }

  private CallResult creating(String error) {
    return refusals.of(error(error), false, true);
  }

  private HubSpotApi.ApiError error(String text) {
    return json.readValue(text, HubSpotApi.ApiError.class);
  }
}
