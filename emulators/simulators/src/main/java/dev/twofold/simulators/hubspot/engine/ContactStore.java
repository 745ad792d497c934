package dev.twofold.simulators.hubspot.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All records of one kind, contacts first of all, and what must be unique among them: every
 * address, primary or secondary, and every value of a unique property. A write is checked as a
 * whole before anything changes. Every change that HubSpot would notify reaches {@link
 * ContactNotices}.
 */
final class ContactStore {
  private final TreeMap<Long, Contact> contacts = new TreeMap<>();
  private final Map<String, Long> byEmail = new HashMap<>();
  private final Map<String, Map<String, Long>> byUnique = new HashMap<>();
  private final Map<Long, Long> mergedInto = new HashMap<>();
  private final Set<String> blocklist = new HashSet<>();
  private final PropertyCatalog catalog;
  private final ValueRules rules;
  private final ContactNotices notices;
  private final HubSpotSettings settings;
  private final HubSpotAccount account;
  private long nextId;

  ContactStore(
      PropertyCatalog catalog,
      ContactNotices notices,
      HubSpotSettings settings,
      HubSpotAccount account) {
    this.catalog = catalog;
    this.rules = new ValueRules(catalog);
    this.notices = notices;
    this.settings = settings;
    this.account = account;
    this.nextId = catalog.kind().firstId();
  }

  ValueRules rules() {
    return rules;
  }

  Collection<Contact> all() {
    return contacts.values();
  }

  List<Contact> newest(int count) {
    return contacts.descendingMap().values().stream().limit(count).toList();
  }

  /** Live or archived contacts with ids above {@code after}, in the order of ids. */
  List<Contact> page(long after, int limit, boolean archived) {
    return contacts.tailMap(after, false).values().stream()
        .filter(contact -> contact.isArchived() == archived)
        .limit(limit)
        .toList();
  }

  /** The contact, or the one it was merged into. */
  Optional<Contact> find(long id) {
    Long survivor = mergedInto.get(id);
    return survivor == null ? Optional.ofNullable(contacts.get(id)) : find(survivor);
  }

  boolean isMergedAway(long id) {
    return mergedInto.containsKey(id);
  }

  Optional<Contact> findByEmail(String address) {
    return Optional.ofNullable(byEmail.get(EmailRules.normal(address))).map(contacts::get);
  }

  Optional<Contact> findByUnique(String property, String value) {
    return Optional.ofNullable(byUnique.getOrDefault(property, Map.of()).get(value))
        .map(contacts::get);
  }

  /** By record id, by {@code email} or by a unique property; anything else is refused. */
  Optional<Contact> find(@Nullable String idProperty, String key) {
    if (idProperty == null || idProperty.isEmpty() || idProperty.equals("hs_object_id")) {
      return key.matches("\\d{1,18}") ? find(Long.parseLong(key)) : Optional.empty();
    }
    if (idProperty.equals("email")) {
      return findByEmail(key);
    }
    if (!catalog.isUnique(idProperty)) {
      throw HubSpotRefusal.invalid(
          "Property '"
              + idProperty
              + "' is not a unique property of "
              + catalog.kind().typeId()
              + " objects");
    }
    return findByUnique(idProperty, key);
  }

  Contact create(Map<String, String> wanted, Author author, Instant now) {
    rules.check(wanted);
    Map<String, String> values = rules.normal(wanted);
    values.values().removeIf(String::isEmpty);
    checkCreatable(values);
    Contact contact = new Contact(nextId++, now);
    contacts.put(contact.id(), contact);
    Computed.onCreation(contact, author, now);
    values.putIfAbsent("lifecyclestage", "lead");
    apply(contact, values, author, now);
    notices.created(contact, values, author, now);
    return contact;
  }

  /** Refuses a creation without a name or an address, or with what another contact holds. */
  void checkCreatable(Map<String, String> values) {
    List<String> naming = catalog.kind().naming();
    if (naming.stream().allMatch(name -> values.getOrDefault(name, "").isEmpty())) {
      throw HubSpotRefusal.invalid(
          "At least one of the properties " + String.join(", ", naming) + " is required");
    }
    refuseMissing(
        account.requiredProperties().stream()
            .filter(name -> catalog.find(name).isPresent())
            .filter(name -> values.getOrDefault(name, "").isEmpty())
            .toList());
    checkUnique(null, values);
  }

  /** An administrator's rules hold on every way in, for properties the caller never touched too. */
  private static void refuseMissing(List<String> missing) {
    if (!missing.isEmpty()) {
      throw HubSpotRefusal.values(
          missing.stream()
              .sorted()
              .map(name ->
                  new ValueProblem(
                      name, "REQUIRED_PROPERTY", "Property \"" + name + "\" is required"))
              .toList());
    }
  }

  /** Changes what differs; answers the values that did. */
  Map<String, String> update(
      Contact contact, Map<String, String> wanted, Author author, Instant now) {
    rules.check(wanted);
    Map<String, String> values = rules.normal(wanted);
    values.entrySet().removeIf(entry -> contact.value(entry.getKey()).equals(entry.getValue()));
    String stage = values.get("lifecyclestage");
    if (stage != null && !PropertyCatalog.movesForward(contact.value("lifecyclestage"), stage)) {
      values.remove("lifecyclestage");
    }
    refuseMissing(
        account.requiredProperties().stream()
            .filter(name -> catalog.find(name).isPresent())
            .filter(name -> values.getOrDefault(name, contact.value(name)).isEmpty())
            .toList());
    checkUnique(contact, values);
    if (!values.isEmpty()) {
      contact.rememberForSearch(now, settings.searchLag());
      apply(contact, values, author, now);
      contact.touch(now);
      notices.changed(contact, values, author, now);
    }
    return values;
  }

  /** Refuses a write whose address or unique value another contact holds. */
  void checkUnique(@Nullable Contact self, Map<String, String> values) {
    String email = values.getOrDefault("email", "");
    if (!email.isEmpty()) {
      if (blocklist.contains(email)) {
        throw HubSpotRefusal.values(
            List.of(
                new ValueProblem("email", "BLACKLISTED_EMAIL", "email has been GDPR blacklisted")));
      }
      Long holder = byEmail.get(email);
      if (holder != null && (self == null || holder != self.id())) {
        throw HubSpotRefusal.conflict(account.namesExistingId() ? holder : null);
      }
    }
    values.forEach((property, value) -> checkUniqueValue(self, property, value));
  }

  private void checkUniqueValue(@Nullable Contact self, String property, String value) {
    Long holder = byUnique.getOrDefault(property, Map.of()).get(value);
    if (holder == null || value.isEmpty() || (self != null && self.id() == holder)) {
      return;
    }
    String message =
        "Cannot set PropertyValueCoordinates{portalId="
            + settings.portalId()
            + ", objectTypeId=ObjectTypeId{legacyObjectType="
            + catalog.kind().name().toUpperCase(Locale.ROOT)
            + "}, propertyName="
            + property
            + ", value="
            + value
            + "} on "
            + (self == null ? nextId : self.id())
            + ". "
            + holder
            + " already has that value.";
    throw HubSpotRefusal.values(
        List.of(new ValueProblem(property, "CONFLICTING_UNIQUE_VALUE", message)));
  }

  private void apply(Contact contact, Map<String, String> values, Author author, Instant now) {
    unindex(contact);
    values.forEach((name, value) -> contact.set(name, value, now, author));
    contact.otherEmails().remove(contact.value("email"));
    Computed.refresh(contact);
    index(contact);
  }

  private void index(Contact contact) {
    emails(contact).forEach(address -> byEmail.put(address, contact.id()));
    contact
        .values()
        .forEach((name, value) -> {
          if (catalog.isUnique(name) && !value.isEmpty()) {
            byUnique.computeIfAbsent(name, _ -> new HashMap<>()).put(value, contact.id());
          }
        });
  }

  private void unindex(Contact contact) {
    emails(contact).forEach(address -> byEmail.remove(address, contact.id()));
    byUnique.forEach((name, holders) -> holders.remove(contact.value(name), contact.id()));
  }

  private static List<String> emails(Contact contact) {
    List<String> emails = new ArrayList<>(contact.otherEmails());
    if (!contact.value("email").isEmpty()) {
      emails.add(contact.value("email"));
    }
    return emails;
  }

  void addSecondaryEmail(Contact contact, String address, Author author, Instant now) {
    Map<String, String> asEmail = Map.of("email", EmailRules.normal(address));
    rules.check(asEmail);
    checkUnique(contact, asEmail);
    contact.rememberForSearch(now, settings.searchLag());
    contact.otherEmails().add(EmailRules.normal(address));
    apply(contact, Map.of(), author, now);
    contact.touch(now);
    notices.changed(
        contact,
        Map.of("hs_additional_emails", contact.value("hs_additional_emails")),
        author,
        now);
  }

  /** Into the recycle bin; the address becomes free. An archived contact stays as it is. */
  void archive(Contact contact, Author author, Instant now) {
    if (contact.isArchived()) {
      return;
    }
    contact.rememberForSearch(now, settings.searchLag());
    unindex(contact);
    contact.archive(now);
    notices.deleted(contact, author, now);
  }

  /** Out of the recycle bin, with the same id; refused where its address is taken by now. */
  void restore(Contact contact, Author author, Instant now) {
    if (!contact.isArchived()) {
      return;
    }
    Map<String, String> uniqueValues = new LinkedHashMap<>(contact.values());
    uniqueValues.keySet().removeIf(name -> !name.equals("email") && !catalog.isUnique(name));
    checkUnique(contact, uniqueValues);
    contact.archive(null);
    index(contact);
    contact.touch(now);
    notices.restored(contact, author, now);
  }

  /**
   * The first takes over what it lacks from the second, whose address becomes a secondary one and
   * whose id leads to the first from now on; where the account merges into new records, to a third
   * that begins as the first was.
   */
  Contact merge(Contact primary, Contact loser, Author author, Instant now) {
    if (primary.id() == loser.id() || primary.isArchived() || loser.isArchived()) {
      throw HubSpotRefusal.invalid("Two different contacts that exist can be merged");
    }
    primary.rememberForSearch(now, settings.searchLag());
    Contact survivor = settings.mergesIntoNew() ? renewed(primary, author, now) : primary;
    leadTo(survivor, loser);
    Map<String, String> moved = written(loser);
    moved.keySet().removeIf(name -> !survivor.value(name).isEmpty());
    survivor.otherEmails().addAll(emails(loser));
    apply(survivor, moved, author, now);
    survivor.touch(now);
    notices.merged(new ContactNotices.Merge(survivor, primary, loser), moved.size(), author, now);
    notices.changed(survivor, moved, author, now);
    return survivor;
  }

  /** The same contact under an id of its own. */
  private Contact renewed(Contact old, Author author, Instant now) {
    Contact fresh = new Contact(nextId++, old.createdAt());
    Computed.onCreation(fresh, author, now);
    leadTo(fresh, old);
    fresh.otherEmails().addAll(old.otherEmails());
    contacts.put(fresh.id(), fresh);
    apply(fresh, written(old), author, now);
    return fresh;
  }

  private void leadTo(Contact survivor, Contact gone) {
    unindex(gone);
    contacts.remove(gone.id());
    mergedInto.put(gone.id(), survivor.id());
    survivor.mergedIds().add(gone.id());
    survivor.mergedIds().addAll(gone.mergedIds());
  }

  /** What anybody has entered, without what HubSpot computes. */
  private Map<String, String> written(Contact contact) {
    Map<String, String> written = new LinkedHashMap<>(contact.values());
    written.values().removeIf(String::isEmpty);
    written
        .keySet()
        .removeIf(name -> catalog.find(name).map(PropertyDefinition::readOnly).orElse(true));
    return written;
  }

  /** Gone for good, with every trace; both deletion notices follow. */
  void erase(Contact contact, Author author, Instant now) {
    unindex(contact);
    contacts.remove(contact.id());
    mergedInto.values().removeIf(survivor -> survivor == contact.id());
    notices.privacyDeleted(contact, author, now);
  }

  void block(String address) {
    blocklist.add(EmailRules.normal(address));
  }

  Duration searchLag() {
    return settings.searchLag();
  }

  void clear() {
    contacts.clear();
    byEmail.clear();
    byUnique.clear();
    mergedInto.clear();
    blocklist.clear();
  }
}
