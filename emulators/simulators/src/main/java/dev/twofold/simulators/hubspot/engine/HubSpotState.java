package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the account holds, read without a call and without counting as one. */
public final class HubSpotState {
  /** One contact as it is now, every value it ever had set. */
  public record ContactView(
      long id,
      Map<String, String> properties,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant archivedAt,
      List<String> otherEmails,
      List<Long> mergedIds) {

    public boolean isArchived() {
      return archivedAt != null;
    }

    /** A property, empty where it was never set or was cleared. */
    public String value(String property) {
      return properties.getOrDefault(property, "");
    }
  }

  private final ContactStore store;
  private final EventBook events;

  HubSpotState(ContactStore store, EventBook events) {
    this.store = store;
    this.events = events;
  }

  /** All contacts, archived ones included, oldest first. */
  public List<ContactView> contacts() {
    return store.all().stream().map(HubSpotState::view).toList();
  }

  public int contactCount() {
    return store.all().size();
  }

  /** The newest contacts, newest first, without a look at the others. */
  public List<ContactView> newestContacts(int count) {
    return store.newest(count).stream().map(HubSpotState::view).toList();
  }

  public List<ContactView> liveContacts() {
    return contacts().stream().filter(contact -> !contact.isArchived()).toList();
  }

  /** Follows merges. */
  public Optional<ContactView> contact(long id) {
    return store.find(id).map(HubSpotState::view);
  }

  public Optional<ContactView> contactByEmail(String email) {
    return store.findByEmail(email).map(HubSpotState::view);
  }

  private static ContactView view(Contact contact) {
    return new ContactView(
        contact.id(),
        Map.copyOf(contact.values()),
        contact.createdAt(),
        contact.updatedAt(),
        contact.archivedAt(),
        List.copyOf(contact.otherEmails()),
        List.copyOf(contact.mergedIds()));
  }

  /** Accepted custom events in the order in which they came. */
  public List<EventOccurrence> events() {
    return events.occurrences();
  }

  /** The newest accepted events, newest first. */
  public List<EventOccurrence> newestEvents(int count) {
    return events.newest(count);
  }

  public List<EventOccurrence> events(String uuid) {
    return events().stream().filter(event -> event.uuid().equals(uuid)).toList();
  }

  /** Events that were dropped because their uuid was known. */
  public long repeatedEvents() {
    return events.repeated();
  }

  public List<String> eventDefinitions() {
    return events.definitions().stream().map(EventBook.Definition::fullName).toList();
  }

  /**
   * What was set when and by whom, of the properties named, and when each custom event came: the
   * record by which effects are dated to the millisecond.
   */
  public ObjectNode changes(Set<String> properties) {
    ObjectNode json = Json.object();
    ArrayNode changes = json.putArray("changes");
    for (Contact contact : store.all()) {
      for (String property : properties) {
        for (Contact.Version version : contact.versions(property)) {
          ObjectNode one = changes.addObject().put("at", version.at().toEpochMilli());
          one.put("contact", Long.toString(contact.id())).put("property", property);
          one.put("value", version.value()).put("source", version.author().changeSource());
        }
      }
    }
    ArrayNode received = json.putArray("events");
    for (EventOccurrence event : events()) {
      received
          .addObject()
          .put("at", event.receivedAt().toEpochMilli())
          .put("uuid", event.uuid())
          .put("contact", event.contactId() == null ? null : event.contactId().toString());
    }
    return json;
  }

  /** The whole state as JSON, as the control API shows it. */
  public ObjectNode json() {
    ObjectNode json = Json.object();
    ArrayNode contacts = json.putArray("contacts");
    for (ContactView contact : contacts()) {
      ObjectNode one = contacts.addObject().put("id", Long.toString(contact.id()));
      ObjectNode properties = one.putObject("properties");
      contact.properties().forEach(properties::put);
      one.put("createdAt", Timestamps.iso(contact.createdAt()));
      one.put("updatedAt", Timestamps.iso(contact.updatedAt()));
      one.put("archived", contact.isArchived());
    }
    ArrayNode occurrences = json.putArray("events");
    for (EventOccurrence event : events()) {
      ObjectNode one = occurrences.addObject().put("uuid", event.uuid());
      one.put("eventName", event.eventName()).put("occurredAt", event.occurredAt().toString());
      one.put("receivedAt", event.receivedAt().toString());
      one.put("contactId", event.contactId() == null ? null : event.contactId().toString());
      ObjectNode properties = one.putObject("properties");
      event.properties().forEach(properties::put);
    }
    json.put("repeatedEvents", repeatedEvents());
    ArrayNode definitions = json.putArray("eventDefinitions");
    eventDefinitions().forEach(definitions::add);
    return json;
  }
}
