package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Counts what is lost, doubled or wrong, over everything that both sides hold in the end. */
final class Ledger {
  private static final int FINDINGS_MAX = 20;

  private record Person(String id, String email, String mark, String name) {}

  private final Map<String, List<Person>> contacts = new HashMap<>();
  private final Map<String, List<Person>> customers = new HashMap<>();
  private final Map<String, Integer> events = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int expected;
  private int lost;
  private int doubled;
  private int wrong;

  private Ledger() {}

  static BurstReport.Outcome check(Sides sides, Deeds deeds, boolean silent)
      throws InterruptedException {
    Ledger ledger = new Ledger();
    ledger.readHubSpot(sides.get(Part.HUBSPOT, "state"));
    ledger.readStripe(sides.get(Part.STRIPE, "state"));
    ledger.people();
    deeds.purchases().forEach(ledger::purchase);
    ledger.edits(deeds.hubSpotEdits(), ledger.contacts);
    ledger.edits(deeds.stripeEdits(), ledger.customers);
    return new BurstReport.Outcome(
        ledger.expected, ledger.lost, ledger.doubled, ledger.wrong, silent, ledger.findings);
  }

  private void readHubSpot(JsonNode state) {
    for (JsonNode contact : state.path("contacts")) {
      JsonNode properties = contact.path("properties");
      String name =
          properties.path("firstname").asString("")
              + " "
              + properties.path("lastname").asString("");
      if (!contact.path("archived").asBoolean(false)) {
        add(
            contacts,
            new Person(
                contact.path("id").asString(""),
                properties.path("email").asString(""),
                properties.path("stripe_customer_id").asString(""),
                name.strip()));
      }
    }
    for (JsonNode event : state.path("events")) {
      events.merge(event.path("uuid").asString(""), 1, Integer::sum);
    }
  }

  private void readStripe(JsonNode state) {
    for (JsonNode customer : state.path("customers")) {
      add(
          customers,
          new Person(
              customer.path("id").asString(""),
              customer.path("email").asString(""),
              customer.path("metadata").path("hubspot_contact_id").asString(""),
              customer.path("name").asString("")));
    }
  }

  private static void add(Map<String, List<Person>> people, Person person) {
    people
        .computeIfAbsent(person.email().toLowerCase(Locale.ROOT), any -> new ArrayList<>(1))
        .add(person);
  }

  private void people() {
    contacts.forEach((email, there) -> {
      List<Person> others = customers.getOrDefault(email, List.of());
      expected++;
      doubled("contacts", email, there.size());
      doubled("customers", email, others.size());
      if (others.isEmpty()) {
        lost++;
        find(email + ": a contact without a customer");
      } else if (there.size() == 1 && others.size() == 1) {
        pair(there.getFirst(), others.getFirst());
      }
    });
    customers.forEach((email, there) -> {
      if (!contacts.containsKey(email)) {
        expected++;
        lost++;
        doubled("customers", email, there.size());
        find(email + ": a customer without a contact");
      }
    });
  }

  private void doubled(String what, String email, int count) {
    if (count > 1) {
      doubled += count - 1;
      find("%s: %d %s".formatted(email, count, what));
    }
  }

  /** A customer born in Stripe is marked with the next write only: a blank mark is no mistake. */
  private void pair(Person contact, Person customer) {
    boolean marked =
        contact.mark().equals(customer.id())
            && (customer.mark().isEmpty() || customer.mark().equals(contact.id()));
    if (!marked || !contact.name().equals(customer.name())) {
      wrong++;
      find(
          "%s: contact %s (%s, marked '%s') and customer %s (%s, marked '%s')"
              .formatted(
                  contact.email(),
                  contact.id(),
                  contact.name(),
                  contact.mark(),
                  customer.id(),
                  customer.name(),
                  customer.mark()));
    }
  }

  private void purchase(String id) {
    int count = events.getOrDefault(id, 0);
    expected++;
    if (count == 0) {
      lost++;
      find("purchase " + id + " has no event");
    } else if (count > 1) {
      doubled += count - 1;
      find("purchase %s has %d events".formatted(id, count));
    }
  }

  /** The last edit of each record stands; pairs are compared above. */
  private void edits(List<Deeds.Edit> edits, Map<String, List<Person>> people) {
    Map<String, String> names = new HashMap<>();
    people.values().forEach(all -> all.forEach(one -> names.put(one.id(), one.name())));
    Map<String, String> last = new HashMap<>();
    edits.forEach(edit -> last.put(edit.record(), edit.value()));
    last.forEach((record, value) -> {
      expected++;
      if (!names.getOrDefault(record, "").endsWith(value)) {
        lost++;
        find("%s: the edit '%s' is gone".formatted(record, value));
      }
    });
  }

  private void find(String finding) {
    if (findings.size() < FINDINGS_MAX) {
      findings.add(finding);
    }
  }
}
