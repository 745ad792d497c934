package dev.twofold.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.ingest.intake.DeliveryShape.Shape;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryShapeTest {

  private final DeliveryShape shape = new DeliveryShape();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":501}]",
        "[{\"subscriptionType\":\"contact.privacyDeletion\",\"objectId\":\"501\"}]",
        "[{\"subscriptionType\":\"contact.merge\",\"primaryObjectId\":1,\"mergedObjectIds\":[2]}]",
        "[{\"subscriptionType\":\"contact.merge\",\"newObjectId\":3}]",
        "[{\"subscriptionType\":\"contact.associationChange\",\"fromObjectId\":1,\"toObjectId\":2}]"
      })
  void knowsHubSpotNotices(String body) {
    assertThat(check(Provider.HUBSPOT, body)).isEqualTo(new Shape.Fits(1));
  }

  @Test
  void countsNoticesUpToABound() {
    String notice = "{\"subscriptionType\":\"contact.creation\",\"objectId\":501}";

    assertThat(check(Provider.HUBSPOT, array(notice, DeliveryShape.NOTICES_MAX)))
        .isEqualTo(new Shape.Fits(DeliveryShape.NOTICES_MAX));
    assertThat(check(Provider.HUBSPOT, array(notice, DeliveryShape.NOTICES_MAX + 1)))
        .isInstanceOf(Shape.Misfit.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "null",
        "7",
        "\"text\"",
        "{}",
        "[]",
        "[null]",
        "[7]",
        "[[]]",
        "[{}]",
        "[{\"subscriptionType\":\"contact.creation\"}]",
        "[{\"objectId\":501}]",
        "[{\"subscriptionType\":\"\",\"objectId\":501}]",
        "[{\"subscriptionType\":7,\"objectId\":501}]",
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":5.5}]",
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":null}]",
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":501},{}]",
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":501}] trailing",
        "[{\"subscriptionType\":\"contact.creation\",\"objectId\":501}",
        "{\"id\":\"evt_1\",\"object\":\"event\"}"
      })
  void refusesWhatHubSpotDoesNotSend(String body) {
    assertThat(check(Provider.HUBSPOT, body)).isInstanceOf(Shape.Misfit.class);
  }

  @Test
  void knowsStripeEvents() {
    assertThat(check(Provider.STRIPE, Deliveries.STRIPE_BODY)).isEqualTo(new Shape.Fits(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        "{'id':'evt_test','object':'event'}",
        "{'id':'e','object':'event','type':'t','created':'1','data':{'object':{}}}",
        "{'id':'e','object':'event','type':'t','created':1.5,'data':{'object':{}}}",
        "{'id':'e','object':'event','type':'t','created':1,'data':{'object':[]}}",
        "{'id':'e','object':'event','type':'t','created':1,'data':[]}",
        "{'id':'e','object':'event','type':'t','created':1}",
        "{'id':'e','object':'event','type':' ','created':1,'data':{'object':{}}}",
        "{'id':7,'object':'event','type':'t','created':1,'data':{'object':{}}}",
        "{'id':'e','object':'list','type':'t','created':1,'data':{'object':{}}}"
      })
  void refusesWhatStripeDoesNotSend(String body) {
    assertThat(check(Provider.STRIPE, body.replace('\'', '"'))).isInstanceOf(Shape.Misfit.class);
  }

  @Test
  void saysWhatToDoAboutThinEvents() {
    String thin =
        "{\"id\":\"evt_2\",\"object\":\"v2.core.event\",\"type\":\"v1.customer.updated\","
            + "\"created\":\"2026-11-01T10:00:00.000Z\"}";

    assertThat(check(Provider.STRIPE, thin))
        .isEqualTo(
            new Shape.Misfit(
                "This is a thin event (v2.core.event). Set the event destination to snapshot"
                    + " events."));
  }

  @Test
  void survivesDeepNestingAndBrokenText() {
    assertThat(check(Provider.HUBSPOT, "[".repeat(100_000))).isInstanceOf(Shape.Misfit.class);
    assertThat(shape.check(Provider.STRIPE, new RawBody(new byte[] {'"', (byte) 0xff, '"'})))
        .isInstanceOf(Shape.Misfit.class);
  }

  @Test
  void quotesNothingOfTheBody() {
    assertThat(check(Provider.STRIPE, "{\"email\": zoe@example.com}"))
        .isEqualTo(new Shape.Misfit("The body is not valid JSON."));
  }

  private Shape check(Provider provider, String body) {
    return shape.check(provider, new RawBody(Deliveries.utf8(body)));
  }

  private static String array(String element, int size) {
    return "[" + String.join(",", Collections.nCopies(size, element)) + "]";
  }
}
