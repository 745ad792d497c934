package dev.twofold.localstack.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must hold when all is quiet: one customer for a contact and one contact for a customer, the
 * contact naming the customer, with equal values; one custom event for a purchase. Each broken
 * promise is a sentence; none means all is well.
 */
public final class Checks {
  private final HubSpotView hubSpot;
  private final StripeView stripe;

  /** Over what both sides hold. */
  public Checks(HubSpotView hubSpot, StripeView stripe) {
    this.hubSpot = hubSpot;
    this.stripe = stripe;
  }

  /** Everything that is missing, doubled or wrong. */
  public List<String> findings(List<Person> people, List<Purchase> purchases) {
    List<String> findings = new ArrayList<>();
    people.forEach(person -> findings.addAll(pair(person)));
    purchases.forEach(purchase -> findings.addAll(purchase(purchase)));
    findings.addAll(shared("contact", hubSpot.contacts(), HubSpotView.Contact::stripeCustomerId));
    findings.addAll(shared("customer", stripe.customers(), StripeView.Customer::hubSpotContactId));
    return findings;
  }

  /** True when the person is on both sides, once each, joined and with these values. */
  public boolean isSettled(Person person) {
    return pair(person).isEmpty();
  }

  /** True when the purchase has its one event. */
  public boolean isSettled(Purchase purchase) {
    return purchase(purchase).isEmpty();
  }

  private List<String> pair(Person person) {
    List<HubSpotView.Contact> contacts = hubSpot.with(person.email());
    List<StripeView.Customer> customers = stripe.with(person.email());
    if (contacts.size() != 1 || customers.size() != 1) {
      return List.of(
          "%s: expected 1 contact and 1 customer, found %d and %d"
              .formatted(person.email(), contacts.size(), customers.size()));
    }
    HubSpotView.Contact contact = contacts.getFirst();
    StripeView.Customer customer = customers.getFirst();
    List<Optional<String>> found =
        List.of(
            differs(person, "customer named in HubSpot", customer.id(), contact.stripeCustomerId()),
            otherContact(person, contact, customer),
            differs(person, "first name in HubSpot", person.firstName(), contact.firstName()),
            differs(person, "last name in HubSpot", person.lastName(), contact.lastName()),
            differs(person, "name in Stripe", person.fullName(), customer.name()),
            differs(person, "phone in HubSpot", digits(person.phone()), digits(contact.phone())),
            differs(person, "phone in Stripe", digits(person.phone()), digits(customer.phone())));
    return found.stream().flatMap(Optional::stream).toList();
  }

  /** A customer born in Stripe is marked with the next write only: a blank mark is no mistake. */
  private static Optional<String> otherContact(
      Person person, HubSpotView.Contact contact, StripeView.Customer customer) {
    return customer.hubSpotContactId().isBlank()
        ? Optional.empty()
        : differs(person, "contact named in Stripe", contact.id(), customer.hubSpotContactId());
  }

  private List<String> purchase(Purchase purchase) {
    List<HubSpotView.Event> events =
        hubSpot.events().stream()
            .filter(event -> event.purchaseId().equals(purchase.id()))
            .toList();
    if (events.size() != 1) {
      return List.of(
          "purchase %s of %s: expected 1 event, found %d"
              .formatted(purchase.id(), purchase.buyer().email(), events.size()));
    }
    HubSpotView.Event event = events.getFirst();
    Person buyer = purchase.buyer();
    String contact = only(hubSpot.with(buyer.email()), HubSpotView.Contact::id);
    String customer = only(stripe.with(buyer.email()), StripeView.Customer::id);
    List<Optional<String>> found =
        List.of(
            differs(buyer, "contact of the event", contact, event.contactId()),
            differs(buyer, "customer of the event", customer, event.customerId()),
            differs(
                buyer,
                "currency of the event",
                purchase.currency(),
                event.currency().toLowerCase(Locale.ROOT)),
            differs(buyer, "amount of the event", purchase.decimalAmount(), event.amount()),
            differs(buyer, "uuid of the event", purchase.id(), event.uuid()));
    return found.stream().flatMap(Optional::stream).toList();
  }

  private static <T> String only(List<T> found, Function<T, String> id) {
    return found.size() == 1 ? id.apply(found.getFirst()) : "exactly one";
  }

  private static Optional<String> differs(
      Person person, String what, String expected, String found) {
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            "%s: %s is '%s' instead of '%s'".formatted(person.email(), what, found, expected));
  }

  private static <T> List<String> shared(String kind, List<T> all, Function<T, String> mark) {
    Map<String, Integer> counts = new HashMap<>();
    all.stream()
        .map(mark)
        .filter(id -> !id.isBlank())
        .forEach(id -> counts.merge(id, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 1)
        .map(count ->
            "%d %ss carry the same mark %s".formatted(count.getValue(), kind, count.getKey()))
        .sorted()
        .toList();
  }

  /** Phones are compared by their digits; each side may keep its own spelling. */
  private static String digits(String phone) {
    return phone.replaceAll("[^0-9]", "");
  }
}
