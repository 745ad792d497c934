package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.StaticConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ParsedNoticesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TenantId MAIN = new TenantId("main");
  private final HubSpotNotices hubspot = new HubSpotNotices(JSON, StaticConnections.of("main"));
  private final StripeNotices stripe = new StripeNotices(JSON);

  private static String golden(String name) throws IOException {
    Path file = Path.of("../ingest-service/src/test/resources/golden", name + ".json");
    String data = JSON.readTree(Files.readString(file)).path("message").path("data").asString();
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  private static Delivery delivery(Side from, String body) {
    return new Delivery("1", from, MAIN, Instant.EPOCH, body);
  }

  private List<ChangeNotice> hubspot(String body) {
    return hubspot.parse(delivery(Side.HUBSPOT, body)).notices().getOrDefault(MAIN, List.of());
  }

  private List<ChangeNotice> stripe(String body) {
    return stripe
        .parse(delivery(Side.STRIPE, body), MAIN, Mappings.defaults())
        .notices()
        .getOrDefault(MAIN, List.of());
  }

  @Test
  void readsACreationAndItsProperties() throws IOException {
    List<ChangeNotice> notices = hubspot(golden("hubspot-contact-created"));

    Instant at = Instant.ofEpochMilli(1767225600123L);
    RecordId zoe = RecordId.contact("501");
    assertThat(notices)
        .contains(
            new ChangeNotice.Created(zoe, at, Lane.EXPRESS, Map.of(), null),
            new ChangeNotice.Changed(zoe, at, Lane.EXPRESS, Map.of("firstname", "Zoë")))
        .hasSize(5);
  }

  @Test
  void readsMergesDeletionsAndRestores() throws IOException {
    List<ChangeNotice> notices = hubspot(golden("hubspot-contact-lifecycle"));

    assertThat(notices)
        .contains(
            new ChangeNotice.Merged(
                RecordId.contact("777"),
                List.of(RecordId.contact("501"), RecordId.contact("502")),
                Instant.ofEpochMilli(1767225800000L),
                Lane.EXPRESS))
        .hasAtLeastOneElementOfType(ChangeNotice.Restored.class)
        .filteredOn(ChangeNotice.Deleted.class::isInstance)
        .extracting(notice -> ((ChangeNotice.Deleted) notice).forever())
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void fromAStripeUpdateOnlyWhatChangedMoves() throws IOException {
    assertThat(stripe(golden("stripe-customer-updated")))
        .containsExactly(
            new ChangeNotice.Changed(
                RecordId.customer("cus_twofold0001"),
                Instant.ofEpochSecond(1767225700),
                Lane.EXPRESS,
                Map.of("name", "Zoë Müller-Łoś", "phone", "+41446681800")));
  }

  /** Whatever can be mapped: which fields are is not known for certain while an event is read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "metadata":{"a":"1","b":"2"} | {"metadata":{"a":null}} | metadata.a=1
          "metadata":{"b":"2"} | {"metadata":{"a":"1"}} | metadata.a=
          "address":{"city":"Ys","line2":null} | {"address":null} | address.city=Ys,address.line2=
          "address":null | {"address":{"city":"Ys"}} | address.city=
          "shipping":{"address":{"city":"Ys"}} | {"shipping":null} | shipping.address.city=Ys
          "email":null,"balance":7 | {"email":"a@example.com","balance":0} | email=
          """)
  void tellsWhateverOfAnUpdateCanBeMapped(String object, String previous, String told) {
    Map<String, String> values = new HashMap<>();
    for (String each : told.split(",", -1)) {
      int equals = each.indexOf('=');
      values.put(each.substring(0, equals), each.substring(equals + 1));
    }

    assertThat(stripe(update(object, previous)))
        .containsExactly(
            new ChangeNotice.Changed(
                RecordId.customer("cus_1"), Instant.ofEpochSecond(1), Lane.BULK, values));
  }

  private static String update(String object, String previous) {
    return """
    {"type":"customer.updated","created":1,
     "data":{"object":{"id":"cus_1",%s},"previous_attributes":%s}}
    """
        .formatted(object, previous);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"balance\":0}",
        "{\"invoice_settings\":{\"footer\":null}}",
        "{\"metadata\":{\"hubspot_contact_id\":null}}"
      })
  void dropsAnUpdateOfNothingThatCanBeMapped(String previous) {
    String object =
        """
        "balance":7,"invoice_settings":{"footer":"x"},"metadata":{"hubspot_contact_id":"5"}\
        """;

    assertThat(stripe(update(object, previous))).isEmpty();
  }

  @Test
  void readsAPurchase() throws IOException {
    assertThat(stripe(golden("stripe-payment-succeeded")))
        .containsExactly(
            new ChangeNotice.Purchased(
                RecordId.customer("cus_twofold0001"),
                Instant.ofEpochSecond(1767225750),
                Lane.EXPRESS,
                "pi_twofold0001",
                1250,
                "chf",
                false,
                null));
  }

  @Test
  void dropsWhatWeCausedInStripe() {
    String ours =
        """
        {"type":"customer.updated","created":1,"request":{"id":"r","idempotency_key":"twofold-x-1"},
         "data":{"object":{"id":"cus_1","name":"A"},"previous_attributes":{"name":"B"}}}\
        """;
    assertThat(stripe(ours)).isEmpty();
    assertThat(stripe(ours.replace("twofold-x-1", "somebody-1"))).hasSize(1);
  }

  @Test
  void comparesWhatComesUnderOurNameInHubSpot() {
    String ours =
        """
        [{"subscriptionType":"contact.propertyChange","objectId":5,"occurredAt":1,
          "changeSource":"INTEGRATION","sourceId":"77001",
          "propertyName":"phone","propertyValue":"1"},
         {"subscriptionType":"contact.creation","objectId":5,"occurredAt":1,
          "changeSource":"INTEGRATION","sourceId":"77001"},
         {"subscriptionType":"contact.propertyChange","objectId":6,"occurredAt":1,
          "changeSource":"INTEGRATION","sourceId":"4711",
          "propertyName":"phone","propertyValue":"1"}]\
        """;
    assertThat(hubspot(ours))
        .hasSize(2)
        .hasAtLeastOneElementOfType(ChangeNotice.ChangedByUs.class)
        .hasAtLeastOneElementOfType(ChangeNotice.Changed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.subscription.updated",
        "customer.source.created",
        "invoice.paid",
        "checkout.session.completed"
      })
  void leavesOtherEventsOut(String type) {
    assertThat(stripe("{\"type\":\"" + type + "\",\"created\":1,\"data\":{\"object\":{}}}"))
        .isEmpty();
  }

  @Test
  void countsAChargeOnlyWhereThereIsNoPaymentIntent() {
    String charge =
        """
        {"type":"charge.succeeded","created":1,"data":{"object":{"id":"ch_1","amount":5,
         "currency":"eur","customer":"cus_1","captured":true,"payment_intent":null}}}\
        """;
    assertThat(stripe(charge)).hasSize(1);
    assertThat(stripe(charge.replace("null", "\"pi_1\""))).isEmpty();
    assertThat(stripe(charge.replace("true", "false"))).isEmpty();
  }

  @Test
  void namesWhatItCannotReadAndGoesOnWithTheRest() {
    String mixed =
        """
        [{"subscriptionType":"contact.propertyChange","objectId":5,"occurredAt":"soon",
          "propertyName":"phone","propertyValue":"1"},
         {"objectId":5},
         {"subscriptionType":"contact.propertyChange","objectId":6,"occurredAt":1,
          "propertyName":"phone","propertyValue":"1"}]\
        """;
    Parsed parsed = hubspot.parse(delivery(Side.HUBSPOT, mixed));
    assertThat(parsed.unreadable()).hasSize(2);
    assertThat(parsed.notices().get(MAIN)).hasSize(1);
  }
}
