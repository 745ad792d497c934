package dev.twofold.simulators.hubspot.engine;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What people do in HubSpot's pages, and imports, forms and other apps in their own ways: the same
 * rules as the API, no limits, and the author's {@code changeSource} on every notice. A refused
 * action throws {@link Refused} with HubSpot's words and changes nothing.
 */
public final class HubSpotPerson {
  /** Why an action was refused. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final ContactStore store;
  private final ContactNotices notices;
  private final PropertyCatalog catalog;
  private final InstantSource clock;

  HubSpotPerson(
      ContactStore store, ContactNotices notices, PropertyCatalog catalog, InstantSource clock) {
    this.store = store;
    this.notices = notices;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Answers the new contact's id. */
  public long create(Map<String, String> properties, Author author) {
    AtomicLong id = new AtomicLong();
    act(() -> id.set(store.create(properties, author, clock.instant()).id()));
    return id.get();
  }

  /** Creates a contact from before the app was installed: no notices leave. */
  public long createSilently(Map<String, String> properties) {
    AtomicLong id = new AtomicLong();
    notices.silently(() -> id.set(create(properties, Author.person())));
    return id.get();
  }

  public void update(long id, Map<String, String> properties, Author author) {
    act(() -> store.update(live(id), properties, author, clock.instant()));
  }

  public void delete(long id, Author author) {
    act(() -> store.archive(live(id), author, clock.instant()));
  }

  public void restore(long id, Author author) {
    act(() -> store.restore(there(store.find(id)), author, clock.instant()));
  }

  /** The second disappears into the first. */
  public void merge(long primary, long loser, Author author) {
    act(() -> store.merge(live(primary), live(loser), author, clock.instant()));
  }

  public void gdprDelete(long id, Author author) {
    act(() -> store.erase(there(store.find(id)), author, clock.instant()));
  }

  public void addSecondaryEmail(long id, String address, Author author) {
    act(() -> store.addSecondaryEmail(live(id), address, author, clock.instant()));
  }

  private Contact live(long id) {
    return there(store.find(id).filter(contact -> !contact.isArchived()));
  }

  private static Contact there(Optional<Contact> found) {
    return found.orElseThrow(() -> new Refused("there is no such contact"));
  }

  private static void act(Runnable action) {
    try {
      action.run();
    } catch (HubSpotRefusal refused) {
      throw new Refused(refused.reason());
    }
  }

  /** The names that can be written, for the page. */
  public Map<String, String> writableProperties() {
    Map<String, String> names = new LinkedHashMap<>();
    catalog.all().stream()
        .filter(property -> !property.readOnly())
        .forEach(property -> names.put(property.name(), property.label()));
    return names;
  }
}
