package dev.twofold.sync.tenant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.problem.ProblemSlice;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.Tenant;
import java.io.UnsupportedEncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class MappingControllerIT {

  private static final TenantId MAIN = new TenantId("main");
  private static final String EMAIL =
      "{'name':'email','kind':'email','hubspot':['email'],'stripe':'email'}";

  private final InMemoryTenantStore store = new InMemoryTenantStore();
  private final MockMvcTester web =
      ProblemSlice.of(new MappingController(store, StaticConnections.of("main")));

  private MvcTestResult put(String body) {
    return web.put()
        .uri("/tenants/main/mappings")
        .contentType(MediaType.APPLICATION_JSON)
        .content(body.replace('\'', '"'))
        .exchange();
  }

  private int versionInForce() {
    return store.load(MAIN).map(Tenant::mappingVersion).orElse(1);
  }

  @Test
  void showsTheMappingsInForce() {
    assertThat(web.get().uri("/tenants/main/mappings").exchange())
        .hasStatusOk()
        .hasHeader("Cache-Control", "no-store")
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"version": 1, "hubspotType": "contact", "stripeType": "customer",
             "matchByEmail": true, "fields": [
              {"name": "email", "kind": "email", "hubspot": ["email"], "stripe": "email",
               "direction": "both", "conflict": "latest", "clearing": "propagate"},
              {"name": "name", "hubspot": ["firstname", "lastname"]},
              {"name": "phone"}, {"name": "owner", "direction": "off"}]}
            """);
  }

  @Test
  void putsAChangedVersionInForce() {
    String tier =
        "{'name':'tier','kind':'choice','hubspot':['tier'],'stripe':'metadata.tier',"
            + "'direction':'to-stripe','conflict':'manual','clearing':'ignore','choices':['gold']}";

    MvcTestResult answer =
        put("{'version':1,'matchByEmail':false,'fields':[" + EMAIL + "," + tier + "]}");

    assertThat(answer).hasStatusOk().bodyJson().extractingPath("$.version").isEqualTo(2);
    assertThat(versionInForce()).isEqualTo(2);
    Mappings stored = store.mappings(MAIN, 2);
    assertThat(stored.matchByEmail()).isFalse();
    assertThat(stored.hubspotType()).isEqualTo("contact");
    assertThat(stored.field(new FieldName("tier")).orElseThrow().direction())
        .isEqualTo(Direction.TO_STRIPE);
  }

  @Test
  void takesBackWhatItShows() throws UnsupportedEncodingException {
    String shown =
        web.get().uri("/tenants/main/mappings").exchange().getResponse().getContentAsString();

    assertThat(put(shown)).hasStatusOk();

    assertThat(store.mappings(MAIN, 2).fields()).isEqualTo(Mappings.defaults().fields());
  }

  @Test
  void passesOverAVersionWhoseMakerDied() {
    assertThat(
            store.store(
                MAIN, new Mappings(2, "contact", "customer", true, Mappings.defaults().fields())))
        .isTrue();

    assertThat(put("{'version':1,'fields':[" + EMAIL + "]}")).hasStatusOk();

    assertThat(versionInForce()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'name':'a','kind':'text','hubspot':['a'],'stripe':'metadata'; a; is no Stripe path",
        "'name':'a','kind':'text','hubspot':['A b'],'stripe':'metadata.a'; a; no HubSpot property",
        "'name':'a','kind':'text','stripe':'metadata.a'; a; expected 1 HubSpot properties",
        "'name':'a','kind':'name','hubspot':['a'],'stripe':'name'; a; expected 2 HubSpot"
            + " properties",
        "'name':'a','kind':'email','hubspot':['a'],'stripe':'metadata.a'; a; path email only",
        "'name':'a','kind':'choice','hubspot':['a'],'stripe':'metadata.a'; a; needs the choices",
        "'name':'a','kind':'text','hubspot':['email'],'stripe':'metadata.a'; a; mapped twice",
        "'name':'email','kind':'text','hubspot':['a'],'stripe':'metadata.a'; email; mapped twice",
        "'name':'a','kind':'test','hubspot':['a'],'stripe':'metadata.a'; a; kind is one of",
        "'name':'a','kind':'text','hubspot':['a'],'stripe':'metadata.a','direction':'up'; a;"
            + " direction is one of both, to-stripe, to-hubspot, once, off",
        "'name':'a','kind':'text','hubspot':['stripe_customer_id'],'stripe':'metadata.a'; a;"
            + " the sync's own",
        "'name':'a','kind':'text','hubspot':['a'],'stripe':'metadata.hubspot_contact_id'; a;"
            + " the sync's own",
        "'name':'A','kind':'text','hubspot':['a'],'stripe':'metadata.a'; A; a field name is",
      })
  void refusesABadMappingWithTheFieldAndTheReason(String field, String name, String reason) {
    MvcTestResult answer = put("{'version':1,'fields':[" + EMAIL + ",{" + field + "}]}");

    assertThat(answer)
        .hasStatus(HttpStatus.BAD_REQUEST)
        .bodyJson()
        .extractingPath("$")
        .asMap()
        .containsEntry("type", "urn:twofold:problem:mapping-refused")
        .containsEntry("field", name)
        .hasEntrySatisfying("reason", words -> assertThat(words).asString().contains(reason));
    assertThat(versionInForce()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "no JSON; mapping-not-understood; 400",
        "{'version':1,'feilds':[]}; mapping-not-understood; 400",
        "{'version':1,'fields':[]}; mapping-refused; 400",
        "{'fields':[]}; no-version; 400",
        "{'version':1,'hubspotType':'deal','fields':[]}; other-types; 400",
        "{'version':7,'fields':[]}; mappings-changed; 409",
      })
  void refusesWhatItCannotTakeWhole(String body, String problem, int status) {
    assertThat(put(body))
        .hasStatus(status)
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:twofold:problem:" + problem);
    assertThat(versionInForce()).isEqualTo(1);
  }

  @Test
  void knowsItsTenants() {
    assertThat(web.get().uri("/tenants/other/mappings").exchange()).hasStatus(HttpStatus.NOT_FOUND);
  }
}
