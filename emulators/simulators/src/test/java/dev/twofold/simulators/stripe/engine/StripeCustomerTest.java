package dev.twofold.simulators.stripe.engine;

import static dev.twofold.simulators.stripe.engine.StripeBench.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.stripe.engine.StripeBench.Answer;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StripeCustomerTest {
  private final StripeBench stripe = StripeBench.open();

  @Test
  void createsACustomerWithEveryFieldThatStripeShows() {
    Answer answer =
        stripe.post(
            CUSTOMERS,
            "email=Zoe%40Example.com&name=Zo%C3%AB+Old&metadata[a]=1&metadata%5Bb%5D=2"
                + "&address[city]=Bern&preferred_locales[0]=de&preferred_locales[1]=en");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.id()).matches("cus_[A-Za-z0-9]{14}");
    JsonNode customer = answer.body();
    assertThat(customer.propertyNames())
        .contains(
            "object",
            "balance",
            "created",
            "delinquent",
            "invoice_settings",
            "livemode",
            "next_invoice_sequence",
            "shipping",
            "tax_exempt",
            "test_clock");
    assertThat(customer.path("email").asString()).isEqualTo("Zoe@Example.com");
    assertThat(customer.path("name").asString()).isEqualTo("Zoë Old");
    assertThat(customer.path("phone").isNull()).isTrue();
    assertThat(Json.text(customer.path("metadata"))).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(customer.path("address").path("city").asString()).isEqualTo("Bern");
    assertThat(customer.path("address").path("line1").isNull()).isTrue();
    assertThat(Json.text(customer.path("preferred_locales"))).isEqualTo("[\"de\",\"en\"]");
    assertThat(customer.path("created").asLong())
        .isEqualTo(stripe.clock.instant().getEpochSecond());
    assertThat(answer.response().header("Request-Id").orElse("")).startsWith("req_");
    assertThat(answer.response().header("Stripe-Version")).contains("2026-07-29.dahlia");
  }

  @Test
  void allowsTheSameAddressTwice() {
    assertThat(stripe.customer("email=z@example.com"))
        .isNotEqualTo(stripe.customer("email=z@example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email=nonsense|email_invalid|email|Invalid email address: nonsense",
        "email=z@example.com+|email_invalid|email|Invalid email address: z@example.com ",
        "phone=123456789012345678901||phone|must be at most 20 characters",
        "foo=1|parameter_unknown|foo|Received unknown parameter: foo",
        "address[planet]=x|parameter_unknown|address[planet]|Received unknown parameter: address",
        "balance=much|parameter_invalid_integer|balance|Invalid integer: much",
        "metadata=x||metadata|Invalid object",
        "name[x]=1||name|Invalid string",
        "tax_exempt=maybe||tax_exempt|Invalid tax_exempt"
      })
  void refusesBadParameters(String form, String code, String param, String message) {
    Answer answer = stripe.post(CUSTOMERS, form);

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = answer.body().path("error");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(answer.code()).isEqualTo(code == null ? "" : code);
    assertThat(error.path("param").asString()).isEqualTo(param);
    assertThat(answer.message()).contains(message);
    assertThat(stripe.engine.state().customerCount()).isZero();
  }

  @Test
  void keepsTheLengthsThatStripeKeeps() {
    for (String good :
        List.of(
            "name=" + "x".repeat(256),
            "description=" + "x".repeat(350),
            "phone=" + "1".repeat(20),
            "metadata[" + "k".repeat(40) + "]=" + "v".repeat(500),
            "individual_name=" + "x".repeat(150))) {
      assertThat(stripe.post(CUSTOMERS, good).status()).as(good).isEqualTo(200);
    }
    for (String bad :
        List.of(
            "name=" + "x".repeat(257),
            "description=" + "x".repeat(351),
            "phone=" + "1".repeat(21),
            "metadata[" + "k".repeat(41) + "]=v",
            "metadata[k]=" + "v".repeat(501),
            "business_name=" + "x".repeat(151),
            "email=" + "x".repeat(510) + "@b.co")) {
      assertThat(stripe.post(CUSTOMERS, bad).status()).as(bad).isEqualTo(400);
    }
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 51; i++) {
      keys.append("metadata[k").append(i).append("]=v&");
    }
    assertThat(stripe.post(CUSTOMERS, keys.toString()).status()).isEqualTo(400);
    assertThat(stripe.post(CUSTOMERS, "metadata[k]=" + "v".repeat(501)).message())
        .isEqualTo("Invalid val: k must be a string under 500 characters");
  }

  @Test
  void takesAddressesThatHubSpotWouldRefuse() {
    assertThat(stripe.post(CUSTOMERS, "email=zoe@example.test").status()).isEqualTo(200);
  }

  @Test
  void changesOnlyWhatIsGivenClearsWithEmptyAndMergesMetadata() {
    String id = stripe.customer("name=Zoe&phone=1&metadata[a]=1&metadata[b]=2&address[city]=Bern");

    Answer answer =
        stripe.post(
            CUSTOMERS + "/" + id, "phone=&metadata[b]=&metadata[c]=3&address[line1]=Gasse+1");

    JsonNode customer = answer.body();
    assertThat(customer.path("name").asString()).isEqualTo("Zoe");
    assertThat(customer.path("phone").isNull()).isTrue();
    assertThat(Json.text(customer.path("metadata"))).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
    assertThat(customer.path("address").path("city").asString()).isEqualTo("Bern");
    assertThat(customer.path("address").path("line1").asString()).isEqualTo("Gasse 1");
    JsonNode cleared = stripe.post(CUSTOMERS + "/" + id, "metadata=&address=").body();
    assertThat(cleared.path("metadata").isEmpty()).isTrue();
    assertThat(cleared.path("address").isNull()).isTrue();
  }

  @Test
  void takesTheNameFromTheBusinessWhereNoneIsGiven() {
    JsonNode customer = stripe.post(CUSTOMERS, "business_name=Acme&individual_name=Zoe").body();

    assertThat(customer.path("name").asString()).isEqualTo("Acme");
  }

  @Test
  void deletesForGood() {
    String id = stripe.customer("email=z@example.com");

    Answer deleted = stripe.call("DELETE", CUSTOMERS + "/" + id, "", null);
    Answer read = stripe.get(CUSTOMERS + "/" + id);
    Answer update = stripe.post(CUSTOMERS + "/" + id, "name=x");

    String shape = "{\"id\":\"" + id + "\",\"object\":\"customer\",\"deleted\":true}";
    assertThat(Json.text(deleted.body())).isEqualTo(shape);
    assertThat(Json.text(read.body())).isEqualTo(shape);
    assertThat(read.status()).isEqualTo(200);
    assertThat(update.status()).isEqualTo(404);
    assertThat(update.code()).isEqualTo("resource_missing");
    assertThat(update.message()).isEqualTo("No such customer: '" + id + "'");
    assertThat(update.body().path("error").path("doc_url").asString())
        .isEqualTo("https://stripe.com/docs/error-codes/resource-missing");
    assertThat(stripe.get(CUSTOMERS + "?limit=5").ids()).isEmpty();
  }

  @Test
  void listsNewestFirstInPagesBothWays() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.addFirst(stripe.customer("name=c" + i));
    }

    Answer first = stripe.get(CUSTOMERS + "?limit=3");
    Answer second = stripe.get(CUSTOMERS + "?limit=3&starting_after=" + ids.get(2));
    Answer back = stripe.get(CUSTOMERS + "?limit=2&ending_before=" + ids.get(5));

    assertThat(first.ids()).isEqualTo(ids.subList(0, 3));
    assertThat(first.body().path("has_more").asBoolean()).isTrue();
    assertThat(first.body().path("url").asString()).isEqualTo("/v1/customers");
    assertThat(second.ids()).isEqualTo(ids.subList(3, 6));
    assertThat(back.ids()).isEqualTo(ids.subList(3, 5));
    assertThat(stripe.get(CUSTOMERS + "?limit=100").body().path("has_more").asBoolean()).isFalse();
    assertThat(stripe.get(CUSTOMERS + "?starting_after=cus_no").code())
        .isEqualTo("resource_missing");
    assertThat(stripe.get(CUSTOMERS + "?limit=101").status()).isEqualTo(400);
    assertThat(stripe.get(CUSTOMERS + "?limit=x").status()).isEqualTo(400);
    assertThat(stripe.get(CUSTOMERS + "?nonsense=1").code()).isEqualTo("parameter_unknown");
  }

  @Test
  void filtersByExactAddressAndByTime() {
    String lower = stripe.customer("email=zoe@example.com");
    long then = stripe.clock.instant().getEpochSecond();
    stripe.clock.advance(Duration.ofSeconds(10));
    String upper = stripe.customer("email=Zoe@example.com");

    assertThat(stripe.get(CUSTOMERS + "?email=zoe@example.com").ids()).containsExactly(lower);
    assertThat(stripe.get(CUSTOMERS + "?email=Zoe%40example.com").ids()).containsExactly(upper);
    assertThat(stripe.get(CUSTOMERS + "?created[gt]=" + then).ids()).containsExactly(upper);
    assertThat(stripe.get(CUSTOMERS + "?created=" + then).ids()).containsExactly(lower);
    assertThat(stripe.get(CUSTOMERS + "?created[lte]=" + then).ids()).containsExactly(lower);
    assertThat(stripe.get(CUSTOMERS + "?created[about]=1").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email:'ZOE@example.com'|1",
        "email:\"zoe@example.com\"|1",
        "name~'zoe'|1",
        "name~'o'|-1",
        "metadata['hubspot_id']:'501'|1",
        "metadata[\"hubspot_id\"]:\"501\" AND name:'Zoe Old'|1",
        "name:'nobody' OR phone:'1'|1",
        "-name:'Zoe Old'|1",
        "phone:null|1",
        "created>0|2",
        "name:'a' AND name:'b' OR name:'c'|-1",
        "nonsense:'x'|-1",
        "name:|-1"
      })
  void searchesWithStripesQueryLanguage(String query, int hits) {
    stripe.customer("email=zoe@example.com&name=Zoe+Old&phone=1&metadata[hubspot_id]=501");
    stripe.customer("name=Ben");
    stripe.clock.advance(Duration.ofSeconds(6));

    Answer answer =
        stripe.get(CUSTOMERS + "/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(hits < 0 ? 400 : 200);
    assertThat(answer.ids()).hasSize(Math.max(hits, 0));
  }

  @Test
  void doesNotFindWhatIsNew() {
    stripe.customer("name=Zoe");
    String target = CUSTOMERS + "/search?query=name:'Zoe'";

    assertThat(stripe.get(target).ids()).isEmpty();
    stripe.clock.advance(Duration.ofSeconds(5));
    Answer found = stripe.get(target);
    assertThat(found.ids()).hasSize(1);
    assertThat(found.body().path("object").asString()).isEqualTo("search_result");
    assertThat(found.body().path("next_page").isNull()).isTrue();
  }

  @Test
  void letsInWithBearerAndBasicKeysOnly() {
    String basic =
        Base64.getEncoder()
            .encodeToString("sk_test_twofold_local:".getBytes(StandardCharsets.UTF_8));

    assertThat(statusWith(Map.of("Authorization", "Basic " + basic))).isEqualTo(200);
    assertThat(statusWith(Map.of("Authorization", "Bearer sk_test_other"))).isEqualTo(401);
    assertThat(statusWith(Map.of("Authorization", "Basic !!"))).isEqualTo(401);
    assertThat(statusWith(Map.of())).isEqualTo(401);
  }

  private int statusWith(Map<String, String> headers) {
    return stripe.call(ApiRequest.of("GET", "/v1/account", headers, new byte[0])).status();
  }

  @Test
  void namesUrlsThatItDoesNotKnow() {
    Answer unknown = stripe.get("/v1/nonsense");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.message()).startsWith("Unrecognized request URL (GET: /v1/nonsense)");
    assertThat(stripe.get("/v1/account").body().path("object").asString()).isEqualTo("account");
    assertThat(stripe.get("/v1/account").id()).startsWith("acct_");
  }

  @Test
  void refusesPeopleAsItRefusesCalls() {
    assertThatThrownBy(() -> stripe.engine.person().create(Map.of("email", "x")))
        .isInstanceOf(StripePerson.Refused.class)
        .hasMessageContaining("Invalid email address");
    assertThatThrownBy(() -> stripe.engine.person().delete("cus_no"))
        .isInstanceOf(StripePerson.Refused.class);
  }
}
