package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotPerson;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.stripe.engine.StripePerson;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** People acting at random on both sides, on few records and few values so that they meet. */
final class RandomLife {

  /** What somebody entered last into a field of a record. */
  record Entry(String value, Instant at) {}

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
    switch (random.nextInt(24)) {
      case 0, 1, 2 -> deleteContact();
      case 3, 4, 5 -> deleteCustomer();
      case 6, 7, 8 -> restoreContact();
      case 9, 10, 11 -> mergeContacts();
      case 12, 13, 14 -> swapEmails();
      case 15 -> forgetContact();
      case 16 -> hurry();
      case 17, 18 -> bothEditOne();
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
    for (FieldMapping field : extras()) {
      if (random.nextInt(3) == 0) {
        values.put(field.hubspotProperties().getFirst(), value(field, Side.HUBSPOT));
      }
    }
    Author author = random.nextBoolean() ? Author.person() : Author.of("IMPORT");
    long id = world.hubspot().person().create(enter(values), author);
    made.add(Long.toString(id));
    phone(Long.toString(id), values.getOrDefault("phone", ""));
    tell("contact " + id + " made with " + values);
  }

  private void importContacts() {
    int rows = random.nextInt(5) == 0 ? 12 : 3;
    world.tally().count("act import");
    for (int count = 0; count < rows; count++) {
      createContact();
    }
  }

  /** Many people at work in one second. */
  private void hurry() {
    world.tally().count("act many at once");
    for (int count = 0; count < 15; count++) {
      if (random.nextBoolean()) {
        editContact();
      } else {
        editCustomer();
      }
    }
  }

  /** A pair is edited on both sides within a second. */
  private void bothEditOne() {
    List<Link> pairs = Everything.links(world).stream().filter(Link::isPair).toList();
    if (pairs.isEmpty()) {
      return;
    }
    world.tally().count("act both sides at once");
    Link pair = pairs.get(random.nextInt(pairs.size()));
    long contact = Long.parseLong(required(pair.record(Side.HUBSPOT)).id());
    String customer = required(pair.record(Side.STRIPE)).id();
    String ours = phone();
    String theirs = phone();
    world.stripe().person().update(customer, enter(Map.of("phone", theirs)));
    phone(customer, theirs);
    tell("customer " + customer + " and contact " + contact + " change: " + theirs + ", " + ours);
    world.hubspot().person().update(contact, enter(Map.of("phone", ours)), Author.person());
    phone(Long.toString(contact), ours);
  }

  private static RecordId required(@Nullable RecordId record) {
    return Objects.requireNonNull(record, "a pair has both records");
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
    for (FieldMapping field : extras()) {
      if (random.nextInt(3) == 0) {
        values.put(parameter(field), value(field, Side.STRIPE));
      }
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
    FieldMapping extra = anyExtra();
    switch (random.nextInt(extra == null ? 5 : 8)) {
      case 0 -> values.put("email", email());
      case 1 -> values.put("firstname", word());
      case 2 -> values.put("lastname", random.nextInt(4) == 0 ? "" : word());
      case 3 -> values.put("phone", phone());
      case 4 -> values.put("phone", "");
      default -> putExtra(values, extra, Side.HUBSPOT);
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
    FieldMapping extra = anyExtra();
    switch (random.nextInt(extra == null ? 4 : 6)) {
      case 0 -> values.put("email", email());
      case 1 -> values.put("name", random.nextInt(6) == 0 ? "" : word() + " " + word());
      case 2 -> values.put("phone", phone());
      case 3 -> values.put("phone", "");
      default -> putExtra(values, extra, Side.STRIPE);
    }
    String id = customer.path("id").asString();
    world.stripe().person().update(id, enter(values));
    String phone = values.get("phone");
    if (phone != null && !customer.path("phone").asString("").equals(phone)) {
      phone(id, phone);
    }
    tell("customer " + id + " changed to " + values);
  }

  /** The fields beyond the usual ones that are mapped here. */
  private List<FieldMapping> extras() {
    return world.mappings().active().stream()
        .filter(field -> ExtraFields.VALUES.containsKey(field.name().value()))
        .toList();
  }

  private @Nullable FieldMapping anyExtra() {
    List<FieldMapping> extras = extras();
    return extras.isEmpty() ? null : extras.get(random.nextInt(extras.size()));
  }

  private void putExtra(Map<String, String> values, @Nullable FieldMapping field, Side side) {
    if (field == null) {
      throw new IllegalStateException("drawn only where there is one");
    }
    String name = side == Side.HUBSPOT ? field.hubspotProperties().getFirst() : parameter(field);
    values.put(name, random.nextInt(5) == 0 ? "" : value(field, side));
  }

  /** A value that the side takes; Stripe takes any. */
  private String value(FieldMapping field, Side side) {
    List<String> all =
        Objects.requireNonNull(ExtraFields.VALUES.get(field.name().value()), "an extra field");
    List<String> taken =
        side == Side.STRIPE || all.size() == PersonalData.CITIES.size()
            ? all
            : all.subList(0, all.size() - 1);
    return taken.get(random.nextInt(taken.size()));
  }

  /** The path as a form of Stripe's has it. */
  private static String parameter(FieldMapping field) {
    String path = field.stripePath();
    int dot = path.indexOf('.');
    return path.substring(0, dot) + "[" + path.substring(dot + 1) + "]";
  }

  /** An operator changes the mappings. */
  void remap() {
    Mappings current = world.mappings();
    boolean match = random.nextInt(8) > 0 == current.matchByEmail();
    List<FieldMapping> fields = RandomMapping.changed(current, random);
    world.use(
        new Mappings(
            current.version() + 1,
            current.hubspotType(),
            current.stripeType(),
            match,
            List.copyOf(fields)));
    world.tally().count("act mappings changed");
    tell("mappings changed to version " + (current.version() + 1));
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

  private void forgetContact() {
    ContactView contact = anyContact();
    if (contact != null) {
      world.hubspot().person().gdprDelete(contact.id(), Author.person());
      tell("contact " + contact.id() + " forgotten");
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
    return PersonalData.EMAILS.get(random.nextInt(PersonalData.EMAILS.size()));
  }

  private String word() {
    return PersonalData.WORDS.get(random.nextInt(PersonalData.WORDS.size()));
  }

  private String phone() {
    return PersonalData.PHONES.get(random.nextInt(PersonalData.PHONES.size()));
  }

  private void tell(String what) {
    world.tally().count("acts");
    told.add(world.time().instant() + " " + what);
  }
}
