package dev.twofold.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every kind of mistake, planted one at a time, is found. */
class ChecksTest {
  private static final Person ADA = new Person("ada@example.com", "Ada", "Almeida", "+44 7900 123");
  private static final Person BELA = new Person("bela@example.com", "Bela", "Berger", "");
  private static final Purchase PURCHASE = new Purchase("pi_1", ADA, 1990, "eur");

  private final List<HubSpotView.Contact> contacts =
      new ArrayList<>(
          List.of(
              new HubSpotView.Contact(
                  "501", "ADA@example.com", "Ada", "Almeida", "+447900123", "cus_1"),
              new HubSpotView.Contact("502", "bela@example.com", "Bela", "Berger", "", "cus_2")));
  private final List<HubSpotView.Event> events =
      new ArrayList<>(
          List.of(new HubSpotView.Event("pi_1", "501", "pi_1", "19.90", "eur", "cus_1")));
  private final List<StripeView.Customer> customers =
      new ArrayList<>(
          List.of(
              new StripeView.Customer(
                  "cus_1", "ada@example.com", "Ada Almeida", "+44 7900 123", "501"),
              new StripeView.Customer("cus_2", "bela@example.com", "Bela Berger", "", "502")));

  @Test
  void findsNothingWhenAllIsWell() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void findsAMissingCustomer() {
    customers.removeLast();

    assertThat(findings())
        .containsExactly("bela@example.com: expected 1 contact and 1 customer, found 1 and 0");
  }

  @Test
  void findsADoubledCustomer() {
    customers.add(new StripeView.Customer("cus_3", "ada@example.com", "Ada Almeida", "", ""));

    assertThat(findings())
        .contains("ada@example.com: expected 1 contact and 1 customer, found 1 and 2");
  }

  @Test
  void findsADoubleUnderAnotherAddressByItsMark() {
    customers.add(new StripeView.Customer("cus_3", "old@example.com", "Ada Almeida", "", "501"));

    assertThat(findings()).containsExactly("2 customers carry the same mark 501");
  }

  @Test
  void findsAMarkThatNamesSomebodyElse() {
    contacts.set(
        1, new HubSpotView.Contact("502", "bela@example.com", "Bela", "Berger", "", "cus_9"));

    assertThat(findings())
        .containsExactly(
            "bela@example.com: customer named in HubSpot is 'cus_9' instead of 'cus_2'");
  }

  @Test
  void findsAValueThatDidNotArrive() {
    customers.set(
        0, new StripeView.Customer("cus_1", "ada@example.com", "Ada Almeida", "+1 555", "501"));

    assertThat(findings())
        .containsExactly("ada@example.com: phone in Stripe is '1555' instead of '447900123'");
  }

  @Test
  void findsAMissingEvent() {
    events.clear();

    assertThat(findings())
        .containsExactly("purchase pi_1 of ada@example.com: expected 1 event, found 0");
  }

  @Test
  void findsADoubledEventWhateverItsUuid() {
    events.add(new HubSpotView.Event("another", "501", "pi_1", "19.90", "eur", "cus_1"));

    assertThat(findings())
        .containsExactly("purchase pi_1 of ada@example.com: expected 1 event, found 2");
  }

  @Test
  void findsAnEventOnTheWrongContact() {
    events.set(0, new HubSpotView.Event("pi_1", "502", "pi_1", "19.90", "eur", "cus_1"));

    assertThat(findings())
        .containsExactly("ada@example.com: contact of the event is '502' instead of '501'");
  }

  @Test
  void findsAnotherAmount() {
    events.set(0, new HubSpotView.Event("pi_1", "501", "pi_1", "1990", "EUR", "cus_1"));

    assertThat(findings())
        .containsExactly("ada@example.com: amount of the event is '1990' instead of '19.90'");
  }

  @Test
  void acceptsACustomerBornInStripeThatWasNotMarkedYet() {
    customers.set(1, new StripeView.Customer("cus_2", "bela@example.com", "Bela Berger", "", ""));

    assertThat(findings()).isEmpty();
  }

  private List<String> findings() {
    return new Checks(new HubSpotView(contacts, events), new StripeView(customers))
        .findings(List.of(ADA, BELA), List.of(PURCHASE));
  }
}
