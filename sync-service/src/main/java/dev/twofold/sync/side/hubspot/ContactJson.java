package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.side.hubspot.HubSpotApi.Contact;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns contacts of answers into snapshots. */
final class ContactJson {

  /** Where a survivor lists the contacts that were merged into it. */
  static final String MERGED_IDS = "hs_merged_object_ids";

  private ContactJson() {}

  /** A read shows everything that was asked for: what it leaves out or holds null is blank. */
  static Snapshot read(Contact contact, RecordId id, List<String> shown) {
    Map<String, String> values = new HashMap<>();
    shown.forEach(name -> values.put(name, value(contact, name)));
    return new Snapshot(id, values, createdAt(contact), value(contact, HubSpotApiSide.MARK));
  }

  /** A write shows what it wrote and what HubSpot computes: what it leaves out is not known. */
  static Snapshot written(Contact contact, RecordId id, List<String> shown) {
    Map<String, @Nullable String> properties = properties(contact);
    Map<String, String> values = new HashMap<>();
    for (String name : shown) {
      if (properties.containsKey(name)) {
        values.put(name, value(contact, name));
      }
    }
    return new Snapshot(
        id,
        values,
        createdAt(contact),
        properties.containsKey(HubSpotApiSide.MARK) ? value(contact, HubSpotApiSide.MARK) : null);
  }

  /** The value of that property; blank when it is null or missing. */
  static String value(Contact contact, String property) {
    return Objects.requireNonNullElse(properties(contact).get(property), "");
  }

  /** Whether that contact was merged into this one. */
  static boolean hasSwallowed(Contact survivor, String id) {
    return Arrays.asList(value(survivor, MERGED_IDS).split(";", -1)).contains(id);
  }

  private static Map<String, @Nullable String> properties(Contact contact) {
    Map<String, @Nullable String> properties = contact.properties();
    return properties == null ? Map.of() : properties;
  }

  private static @Nullable Instant createdAt(Contact contact) {
    String text = contact.createdAt();
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException strange) {
      // Without it the record counts as one whose age is not known.
      return null;
    }
  }
}
