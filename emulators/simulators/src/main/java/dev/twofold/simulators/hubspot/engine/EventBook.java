package dev.twofold.simulators.hubspot.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Definitions of custom events and what has happened. A {@code uuid} counts once per definition.
 */
final class EventBook {
  /** A definition as it was created, with the types of its properties. */
  record Definition(String fullName, ObjectNode json, Map<String, String> propertyTypes) {}

  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final List<EventOccurrence> occurrences = new ArrayList<>();
  private final Set<String> uuids = new HashSet<>();
  private long repeated;

  boolean define(Definition definition) {
    return definitions.putIfAbsent(definition.fullName(), definition) == null;
  }

  /** By full name, or by the short one that it ends in. */
  Optional<Definition> find(String name) {
    Definition exact = definitions.get(name);
    return exact != null
        ? Optional.of(exact)
        : definitions.values().stream()
            .filter(definition -> definition.json().path("name").asString("").equals(name))
            .findFirst();
  }

  List<Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  boolean remove(String name) {
    return find(name).map(there -> definitions.remove(there.fullName())).isPresent();
  }

  /** Records the occurrence unless its uuid has been seen; the caller is never told. */
  void record(EventOccurrence occurrence) {
    if (!uuids.add(occurrence.eventName() + "\n" + occurrence.uuid())) {
      repeated++;
      return;
    }
    occurrences.add(occurrence);
  }

  List<EventOccurrence> occurrences() {
    return List.copyOf(occurrences);
  }

  List<EventOccurrence> newest(int count) {
    int from = Math.max(0, occurrences.size() - count);
    return List.copyOf(occurrences.subList(from, occurrences.size())).reversed();
  }

  /** How many were dropped because their uuid was known. */
  long repeated() {
    return repeated;
  }

  void clear() {
    definitions.clear();
    occurrences.clear();
    uuids.clear();
    repeated = 0;
  }

  static Instant occurredAt(ObjectNode event, Instant now) {
    String text = event.path("occurredAt").asString("");
    if (text.isEmpty()) {
      return now;
    }
    return Timestamps.parse(text)
        .orElseThrow(() -> HubSpotRefusal.invalid("Invalid value for occurredAt: " + text));
  }
}
