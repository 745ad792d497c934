package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import dev.twofold.simulators.webhook.Notice;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every event, rendered once and never again, and whether its delivery succeeded. At most {@value
 * #KEPT} are kept; the API shows those of the last 30 days.
 */
final class EventLog {
  static final int KEPT = 300_000;

  private static final Duration SHOWN_FOR = Duration.ofDays(30);

  /** A stored event; the bytes are its JSON at the moment it happened. */
  @SuppressWarnings("ArrayRecordComponent") // Bytes take a quarter of a tree; ids are compared.
  record Stored(long sequence, String id, String type, Instant createdAt, byte[] json) {}

  private enum Fate {
    PENDING,
    DELIVERED,
    FAILED
  }

  private final StripeSettings settings;
  private final WebhookSchedule schedule;
  private final RandomIds ids;
  private final RandomGenerator random;
  private final TreeMap<Long, Stored> events = new TreeMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private long nextSequence = 1;
  private double twinRate;
  private boolean silent;

  EventLog(
      StripeSettings settings, WebhookSchedule schedule, RandomIds ids, RandomGenerator random) {
    this.settings = settings;
    this.schedule = schedule;
    this.ids = ids;
    this.random = random;
    schedule.onSettled((notice, delivered) ->
        fates.replace(notice.id(), delivered ? Fate.DELIVERED : Fate.FAILED));
  }

  /** Runs a change as one of long ago: no event is made of it. */
  void silently(Runnable change) {
    silent = true;
    try {
      change.run();
    } finally {
      silent = false;
    }
  }

  void add(
      String type, ObjectNode object, @Nullable ObjectNode previous, Cause cause, Instant now) {
    if (silent) {
      return;
    }
    make(type, object, previous, cause, now);
    if (twinRate > 0 && random.nextDouble() < twinRate) {
      make(type, object, previous, cause, now);
    }
  }

  /** The share of happenings of which two events are made, each with an id of its own. */
  void changeTwinRate(double changed) {
    if (changed < 0 || changed > 1) {
      throw new IllegalArgumentException("a rate is from 0 to 1, not " + changed);
    }
    twinRate = changed;
  }

  private void make(
      String type, ObjectNode object, @Nullable ObjectNode previous, Cause cause, Instant now) {
    boolean heard =
        settings.enabledEvents().contains("*") || settings.enabledEvents().contains(type);
    String id = ids.token("evt_1", 23);
    ObjectNode event = Json.object().put("id", id).put("object", "event");
    event.put("api_version", settings.apiVersion()).put("created", now.getEpochSecond());
    ObjectNode data = event.putObject("data");
    data.set("object", object.deepCopy());
    if (previous != null) {
      data.set("previous_attributes", previous);
    }
    event.put("livemode", false).put("pending_webhooks", heard ? 1 : 0);
    event.set("request", cause.json());
    event.put("type", type);
    store(new Stored(nextSequence++, id, type, now, Json.bytes(event)));
    boolean sent = heard && schedule.offer(new Notice(id, now, event), now);
    fates.put(id, sent ? Fate.PENDING : Fate.DELIVERED);
  }

  private void store(Stored event) {
    events.put(event.sequence(), event);
    sequences.put(event.id(), event.sequence());
    if (events.size() > KEPT) {
      Stored oldest = events.pollFirstEntry().getValue();
      sequences.remove(oldest.id());
      fates.remove(oldest.id());
    }
  }

  /** An event that is not older than Stripe shows them. */
  Optional<Stored> find(String id, Instant now) {
    return Optional.ofNullable(sequences.get(id))
        .map(events::get)
        .filter(event -> isShown(event, now));
  }

  boolean isShown(Stored event, Instant now) {
    return event.createdAt().plus(SHOWN_FOR).isAfter(now);
  }

  /** Oldest first. */
  List<Stored> all() {
    return List.copyOf(events.values());
  }

  NavigableMap<Long, Stored> bySequence() {
    return events;
  }

  boolean wasDelivered(Stored event) {
    return fates.get(event.id()) == Fate.DELIVERED;
  }

  /** With the number of webhooks that are still to come. */
  ObjectNode json(Stored event) {
    JsonNode json = Json.read(event.json()).orElseThrow();
    if (!(json instanceof ObjectNode object)) {
      throw new IllegalStateException("a stored event is an object: " + event.id());
    }
    return object.put("pending_webhooks", fates.get(event.id()) == Fate.PENDING ? 1 : 0);
  }

  void clear() {
    events.clear();
    sequences.clear();
    fates.clear();
    twinRate = 0;
  }
}
