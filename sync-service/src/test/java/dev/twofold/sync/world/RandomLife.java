package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotPerson;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.stripe.engine.StripePerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** People acting at random on both sides, on few records and few values so that they meet. */
final class RandomLife {

  /** What somebody entered last into a field of a record. */
  record Entry(String value, Instant at) {}

  private static final List<String> EMAILS =
      List.of(
          "ada@example.com",
          "Ada@Example.com",
          "bob@example.com",
          "cyd@example.com",
          "dan@example.com",
          "eve@example.com",
          "fay@example.com",
          "gus@example.com");
  private static final List<String> WORDS = List.of("Ada", "Bob", "Cyd", "de", "la", "Mar", "Ng");
  private static final List<String> PHONES =
      List.of("+44 20 1", "+44 20 2", "+44 20 3", "0044 20 3", "+44 (20) 3", "555-4");

  private final World world;
  private final RandomGenerator random;
  private final Set<String> entered = new HashSet<>();
  private final Map<String, Entry> lastPhone = new TreeMap<>();
  private final Set<String> made = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final Set<String> purchases = new HashSet<>();

  RandomLife(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** What happened, for whoever reads a failure. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** Every purchase that was made. */
  Set<String> purchases() {
    return Set.copyOf(purchases);
  }

  /** Every value and word that anybody ever entered. */
  Set<String> entered() {
    return Set.copyOf(entered);
  }

  /** The phone numbers that were entered last, by the record's id. */
  Map<String, Entry> phones() {
    return Map.copyOf(lastPhone);
  }

  /** Ids of the records that people made. */
  Set<String> made() {
    return Set.copyOf(made);
  }

  /** One thing that somebody does; nothing where it is refused. */
  void act() {
    try {
      int what = random.nextInt(100);
      if (what < 18) {
        createContact();
      } else if (what < 32) {
        createCustomer();
      } else if (what < 56) {
        editContact();
      } else if (what < 78) {
        editCustomer();
      } else if (what < 86) {
        buy();
      } else {
        rarely();
      }
    } catch (HubSpotPerson.Refused | StripePerson.Refused refused) {
      tell("refused: " + refused.getMessage());
    }
  }

  private void rarely() {
    switch (random.nextInt(6)) {
      case 0 -> deleteContact();
      case 1 -> deleteCustomer();
      case 2 -> restoreContact();
      case 3 -> mergeContacts();
      case 4 -> swapEmails();
      default -> importContacts();
    }
  }

  private void createContact() {
    Map<String, String> values = new HashMap<>();
    if (random.nextInt(8) > 0) {
      values.put("email", email());
    }
    values.put("firstname", word());
    if (random.nextBoolean()) {
      values.put("lastname", word() + (random.nextInt(4) == 0 ? " " + word() : ""));
    }
    if (random.nextBoolean()) {
      values.put("phone", phone());
    }
    Author author = random.nextBoolean() ? Author.person() : Author.of("IMPORT");
    long id = world.hubspot().person().create(enter(values), author);
    made.add(Long.toString(id));
    phone(Long.toString(id), values.getOrDefault("phone", ""));
    tell("contact " + id + " made with " + values);
  }

  private void importContacts() {
    for (int count = 0; count < 3; count++) {
      createContact();
    }
  }

  private void createCustomer() {
    Map<String, String> values = new HashMap<>();
    if (random.nextInt(8) > 0) {
      values.put("email", email());
    }
    if (random.nextBoolean()) {
      values.put("name", word() + " " + word());
    }
    if (random.nextBoolean()) {
      values.put("phone", phone());
    }
    String id = world.stripe().person().create(enter(values));
    made.add(id);
    phone(id, values.getOrDefault("phone", ""));
    tell("customer " + id + " made with " + values);
  }

  private void editContact() {
    ContactView contact = anyContact();
    if (contact == null) {
      return;
    }
    Map<String, String> values = new HashMap<>();
    switch (random.nextInt(5)) {
      case 0 -> values.put("email", email());
      case 1 -> values.put("firstname", word());
      case 2 -> values.put("lastname", random.nextInt(4) == 0 ? "" : word());
      case 3 -> values.put("phone", phone());
      default -> values.put("phone", "");
    }
    Author author = random.nextBoolean() ? Author.person() : Author.of("CRM_UI_BULK_ACTION");
    world.hubspot().person().update(contact.id(), enter(values), author);
    if (values.containsKey("phone") && !contact.value("phone").equals(values.get("phone"))) {
      phone(Long.toString(contact.id()), values.getOrDefault("phone", ""));
    }
    tell("contact " + contact.id() + " changed to " + values);
  }

  private void editCustomer() {
    ObjectNode customer = anyCustomer();
    if (customer == null) {
      return;
    }
    Map<String, String> values = new HashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> values.put("email", email());
      case 1 -> values.put("name", random.nextInt(6) == 0 ? "" : word() + " " + word());
      case 2 -> values.put("phone", phone());
      default -> values.put("phone", "");
    }
    String id = customer.path("id").asString();
    world.stripe().person().update(id, enter(values));
    String phone = values.get("phone");
    if (phone != null && !customer.path("phone").asString("").equals(phone)) {
      phone(id, phone);
    }
    tell("customer " + id + " changed to " + values);
  }

  private void buy() {
    ObjectNode customer = anyCustomer();
    People people = new People(world);
    boolean guest = random.nextInt(5) == 0;
    String buyer = customer == null || guest ? null : customer.path("id").asString();
    String purchase =
        buyer == null
            ? people.guestBuys(email(), 100 + random.nextInt(900))
            : people.buys(buyer, 100 + random.nextInt(900));
    purchases.add(purchase);
    tell("purchase " + purchase + " by " + (buyer == null ? "a guest" : buyer));
  }

  private void deleteContact() {
    ContactView contact = anyContact();
    if (contact != null) {
      world.hubspot().person().delete(contact.id(), Author.person());
      tell("contact " + contact.id() + " deleted");
    }
  }

  private void restoreContact() {
    List<ContactView> gone =
        world.hubspot().state().contacts().stream().filter(ContactView::isArchived).toList();
    if (!gone.isEmpty()) {
      ContactView contact = gone.get(random.nextInt(gone.size()));
      world.hubspot().person().restore(contact.id(), Author.person());
      tell("contact " + contact.id() + " restored");
    }
  }

  private void deleteCustomer() {
    ObjectNode customer = anyCustomer();
    if (customer != null) {
      world.stripe().person().delete(customer.path("id").asString());
      tell("customer " + customer.path("id").asString() + " deleted");
    }
  }

  private void mergeContacts() {
    ContactView one = anyContact();
    ContactView other = anyContact();
    if (one != null && other != null && one.id() != other.id()) {
      world.hubspot().person().merge(one.id(), other.id(), Author.person());
      tell("contact " + other.id() + " merged into " + one.id());
    }
  }

  private void swapEmails() {
    ContactView one = anyContact();
    ContactView other = anyContact();
    if (one == null || other == null || one.id() == other.id()) {
      return;
    }
    String first = one.value("email");
    String second = other.value("email");
    HubSpotPerson person = world.hubspot().person();
    entered.add("between@example.com");
    person.update(one.id(), Map.of("email", "between@example.com"), Author.person());
    person.update(other.id(), Map.of("email", first), Author.person());
    person.update(one.id(), Map.of("email", second), Author.person());
    tell("contacts " + one.id() + " and " + other.id() + " swap e-mails");
  }

  private @Nullable ContactView anyContact() {
    List<ContactView> live = world.hubspot().state().liveContacts();
    return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
  }

  private @Nullable ObjectNode anyCustomer() {
    List<ObjectNode> all = world.stripe().state().customers();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private void phone(String record, String value) {
    lastPhone.put(record, new Entry(value, world.time().instant()));
  }

  private Map<String, String> enter(Map<String, String> values) {
    values
        .values()
        .forEach(value -> {
          entered.add(value);
          entered.add(value.toLowerCase(java.util.Locale.ROOT));
          entered.addAll(List.of(value.split(" ")));
        });
    return values;
  }

  private String email() {
    return EMAILS.get(random.nextInt(EMAILS.size()));
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String phone() {
    return PHONES.get(random.nextInt(PHONES.size()));
  }

  private void tell(String what) {
    told.add(world.time().instant() + " " + what);
  }
}
