package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the simulators have recorded since a moment, as far as a report needs it. */
final class Evidence {
  /** A webhook attempt. */
  record Attempt(long sentAt, double millis, boolean accepted, int notices) {}

  /** A property that was set in HubSpot. */
  record Write(long at, String contact, String property, String value, String source) {}

  /** A custom event that came to HubSpot. */
  record Event(long at, String uuid) {}

  /** An event of Stripe's, with what is of interest of its object. */
  record Happening(
      long at, String id, String type, String object, String mark, String name, String key) {
    boolean isOurs() {
      return key.startsWith("twofold-");
    }
  }

  private final Map<Part, List<Attempt>> attempts = new HashMap<>();
  private final Map<String, Long> firstSent = new HashMap<>();
  private final Map<String, Long> firstSentOfContact = new HashMap<>();
  private final Map<Part, List<Long>> calls = new HashMap<>();
  private final List<Write> sets = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();

  private Evidence() {}

  /** Collects it; what was before that moment is left out. */
  static Evidence since(long begin, Sides sides) throws InterruptedException {
    Evidence evidence = new Evidence();
    for (Part side : List.of(Part.HUBSPOT, Part.STRIPE)) {
      evidence.takeDeliveries(side, sides.get(side, "deliveries"), begin);
      evidence.takeCalls(side, sides.get(side, "calls?limit=200000"), begin);
    }
    evidence.takeHubSpot(sides.get(Part.HUBSPOT, "changes"), begin);
    evidence.takeStripe(sides.get(Part.STRIPE, "changes"), begin);
    return evidence;
  }

  private void takeDeliveries(Part side, JsonNode answer, long begin) {
    List<Attempt> taken = new ArrayList<>();
    for (JsonNode one : answer.path("deliveries")) {
      long sentAt = one.path("sentAt").asLong();
      if (sentAt < begin) {
        continue;
      }
      JsonNode about = one.path("about");
      boolean accepted = one.path("answer").asString("").startsWith("2");
      double millis = one.path("tookMicros").asLong() / 1_000.0;
      taken.add(new Attempt(sentAt, millis, accepted, about.size()));
      for (JsonNode notice : about) {
        String told = notice.asString("");
        firstSent.merge(told, sentAt, Math::min);
        if (side == Part.HUBSPOT) {
          firstSentOfContact.merge(told.split(" ", 2)[0], sentAt, Math::min);
        }
      }
    }
    attempts.put(side, taken);
  }

  private void takeCalls(Part side, JsonNode answer, long begin) {
    List<Long> taken = new ArrayList<>();
    for (JsonNode call : answer.path("calls")) {
      long at = Instant.parse(call.path("at").asString()).toEpochMilli();
      if (at >= begin) {
        taken.add(at);
      }
    }
    calls.put(side, taken);
  }

  private void takeHubSpot(JsonNode answer, long begin) {
    for (JsonNode one : answer.path("changes")) {
      Write set =
          new Write(
              one.path("at").asLong(),
              one.path("contact").asString(""),
              one.path("property").asString(""),
              one.path("value").asString(""),
              one.path("source").asString(""));
      if (set.at() >= begin) {
        sets.add(set);
      }
    }
    for (JsonNode one : answer.path("events")) {
      events.add(new Event(one.path("at").asLong(), one.path("uuid").asString("")));
    }
  }

  private void takeStripe(JsonNode answer, long begin) {
    for (JsonNode one : answer.path("changes")) {
      JsonNode event = one.path("event");
      JsonNode object = event.path("data").path("object");
      Happening happening =
          new Happening(
              one.path("at").asLong(),
              event.path("id").asString(""),
              event.path("type").asString(""),
              object.path("id").asString(""),
              object.path("metadata").path("hubspot_contact_id").asString(""),
              object.path("name").asString(""),
              event.path("request").path("idempotency_key").asString(""));
      if (happening.at() >= begin) {
        happenings.add(happening);
      }
    }
  }

  List<Attempt> attempts(Part side) {
    return attempts.getOrDefault(side, List.of());
  }

  /** When each call came, newest first. */
  List<Long> calls(Part side) {
    return calls.getOrDefault(side, List.of());
  }

  List<Write> sets() {
    return sets;
  }

  List<Event> events() {
    return events;
  }

  List<Happening> happenings() {
    return happenings;
  }

  /** When a notice was first sent: a Stripe event's by its id, or {@code contact property at}. */
  Optional<Long> sentAt(String about) {
    return Optional.ofNullable(firstSent.get(about));
  }

  /** When the first notice of a contact was sent. */
  Optional<Long> firstSentOf(String contact) {
    return Optional.ofNullable(firstSentOfContact.get(contact));
  }
}
