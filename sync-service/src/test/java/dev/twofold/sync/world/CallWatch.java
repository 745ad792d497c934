package dev.twofold.sync.world;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Json;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Looks at every call on its way, in act one too: how many there are in a second, what is written
 * where, and that no person gets a second record.
 */
final class CallWatch {

  /** How long two sides may take to meet: a value that changes meanwhile is filled in anew. */
  private static final Duration MEETING = Duration.ofMinutes(1);

  private record Filled(String value, Instant at) {}

  private final World world;
  private final Map<Side, ArrayDeque<Instant>> lastSecond = new EnumMap<>(Side.class);
  private final Map<String, String> customers = new HashMap<>();
  private final Map<String, Filled> filledOnce = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<Mappings> mappings = new ArrayList<>();
  private Predicate<String> entered = value -> true;
  private boolean watching;

  CallWatch(World world) {
    this.world = world;
  }

  /** The world is set up, and what happens from now on counts. */
  void begin() {
    watching = true;
  }

  /** Only values that pass were ever entered by anybody. */
  void expectEntered(Predicate<String> known) {
    entered = known;
  }

  /** What went wrong so far. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /**
   * Looks at a call that is about to leave.
   *
   * @param overtaken whether its process was frozen between the pacer's word and now; see {@link
   *     #limit}
   */
  void before(Side side, ApiRequest request, boolean overtaken) {
    if (!watching) {
      return;
    }
    if (!overtaken) {
      limit(side);
    }
    if (side == Side.STRIPE && request.path().endsWith("/customers")) {
      settled(request);
    }
    if (request.path().contains("/search")) {
      wrong.add("a search, whose index lags: " + request.path());
    }
    if (side == Side.STRIPE) {
      written(side, request.path(), stripeWrite(request));
    } else {
      hubspotWrites(request).forEach((target, values) -> written(side, target, values));
    }
  }

  /**
   * Counts a call, and refuses one too many in the second before it.
   *
   * <p>One kind of call is not counted: one whose process was frozen after its pacer had let it go
   * and before it left. Between any check of a clock and the first byte sent there is a moment in
   * which a process can be stopped; no code of the process can tell, its own pacer has counted the
   * call where it was let go, and another process cannot know of it. Such calls are at most as many
   * as the process had let go when it was frozen. Every other call is counted, also those of the
   * same process in the same second.
   */
  private void limit(Side side) {
    ArrayDeque<Instant> times = lastSecond.computeIfAbsent(side, any -> new ArrayDeque<>());
    Instant now = world.time().instant();
    times.addLast(now);
    while (!times.getFirst().isAfter(now.minusSeconds(1))) {
      times.removeFirst();
    }
    if (times.size() > world.limit(side)) {
      wrong.add("%d calls to %s in the second before %s".formatted(times.size(), side, now));
    }
  }

  /**
   * A contact's values come one by one: nothing is made of it sooner than they settle, unless it
   * has them all.
   */
  private void settled(ApiRequest request) {
    Map<String, String> values = stripeWrite(request);
    String contact = values.get("metadata.hubspot_contact_id");
    noteMappings();
    if (contact == null || world.isRemapped()) {
      // A request may have been stored before a field was mapped.
      return;
    }
    world
        .hubspot()
        .state()
        .contact(Long.parseLong(contact))
        .filter(each -> world.hubspot().now().isBefore(each.createdAt().plus(Program.SETTLE)))
        .filter(each -> each.updatedAt().equals(each.createdAt()))
        .ifPresent(each ->
            world.mappings().active().stream()
                .filter(field -> field.direction().allowsWritingTo(Side.STRIPE))
                .filter(field -> !values.containsKey(field.stripePath()))
                .filter(field ->
                    field.hubspotProperties().stream()
                        .anyMatch(property ->
                            !each.value(property).isEmpty() && !isTold(contact, property)))
                .forEach(field ->
                    wrong.add(
                        "a customer is made of contact %s before %s has come"
                            .formatted(contact, field.name()))));
  }

  /** Whether any value has come, be it one that was changed within the same millisecond. */
  private boolean isTold(String contact, String property) {
    return Everything.linkOf(world, RecordId.contact(contact)).hubspot().register(property).seen()
        != null;
  }

  /** The values of a write to Stripe by their paths; empty where nothing is written. */
  private static Map<String, String> stripeWrite(ApiRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    if (request.method().equals("POST")) {
      ApiRequest.parse(request.text())
          .forEach((name, given) ->
              values.put(name.replace("[", ".").replace("]", ""), given.getFirst()));
    }
    return values;
  }

  /** The values of each row of a write to HubSpot, by the contact or the row. */
  private static Map<String, Map<String, String>> hubspotWrites(ApiRequest request) {
    Map<String, Map<String, String>> writes = new LinkedHashMap<>();
    if (!request.path().endsWith("/batch/create") && !request.path().endsWith("/batch/update")) {
      return writes;
    }
    for (JsonNode input : tree(request.body()).path("inputs").values()) {
      Map<String, String> values = new LinkedHashMap<>();
      input
          .path("properties")
          .properties()
          .forEach(each -> values.put(each.getKey(), each.getValue().asString("")));
      writes.put(input.path("id").asString("new " + writes.size()), values);
    }
    return writes;
  }

  private static JsonNode tree(byte[] body) {
    return Json.read(body)
        .orElseThrow(() -> new IllegalStateException("expected JSON in a call or its answer"));
  }

  private void written(Side side, String target, Map<String, String> values) {
    noteMappings();
    values.forEach((property, value) -> {
      List<FieldMapping> fields = fields(side, property);
      if (fields.isEmpty()) {
        return;
      }
      if (fields.stream().noneMatch(field -> field.direction().allowsWritingTo(side))) {
        wrong.add("%s of %s is written against its direction".formatted(property, target));
      }
      boolean invented =
          !value.isEmpty() && List.of(value.split(" ", -1)).stream().anyMatch(this::isInvented);
      if (invented && isInvented(value)) {
        wrong.add("'%s' is written to %s, and nobody entered it".formatted(value, target));
      }
      once(side, target, property, value, fields);
    });
  }

  private boolean isInvented(String value) {
    return !value.isEmpty() && !entered.test(value);
  }

  /** A field that is filled once gets no second value from us. */
  private void once(
      Side side, String target, String property, String value, List<FieldMapping> fields) {
    boolean once = fields.stream().allMatch(field -> field.direction() == Direction.ONCE);
    if (!once || target.startsWith("new ") || target.endsWith("/customers")) {
      return;
    }
    Instant now = world.time().instant();
    Filled before = filledOnce.putIfAbsent(side + target + property, new Filled(value, now));
    boolean again =
        before != null && !before.value().equals(value) && before.at().plus(MEETING).isBefore(now);
    if (again && isAgreed(side, target, fields.getFirst())) {
      wrong.add("%s of %s is filled twice".formatted(property, target));
    }
  }

  private boolean isAgreed(Side side, String target, FieldMapping field) {
    String id = target.substring(target.lastIndexOf('/') + 1);
    return Everything.links(world).stream()
        .filter(link -> {
          RecordId record = link.record(side);
          return record != null && record.id().equals(id);
        })
        .anyMatch(link -> link.agreed().containsKey(field.name()));
  }

  /** A request may have been stored under mappings that have changed since. */
  void noteMappings() {
    Mappings current = world.mappings();
    if (watching && !mappings.contains(current)) {
      mappings.add(current);
    }
  }

  private List<FieldMapping> fields(Side side, String property) {
    return mappings.stream()
        .flatMap(each -> each.fields().stream())
        .filter(field -> field.properties(side).contains(property))
        .toList();
  }

  void after(Side side, ApiRequest request, ApiResponse answer) {
    if (!watching) {
      return;
    }
    note(side, answer);
    boolean create = side == Side.STRIPE && request.path().endsWith("/customers");
    if (!create || !request.method().equals("POST") || answer.status() != 200) {
      return;
    }
    String contact = stripeWrite(request).get("metadata.hubspot_contact_id");
    String customer = tree(answer.body()).path("id").asString("");
    if (contact == null) {
      wrong.add("customer " + customer + " is made and names no contact");
      return;
    }
    String before = customers.put(contact, customer);
    if (before != null && !before.equals(customer) && isStillOurs(before)) {
      wrong.add("contact %s gets %s beside %s".formatted(contact, customer, before));
    }
  }

  private void note(Side side, ApiResponse answer) {
    int status = answer.status();
    String where = " by " + side.label();
    if (answer.lost()) {
      world.struck("answer lost" + where);
    } else if (status == 207) {
      world.struck("207 with some rows" + where);
    } else if (status >= 400 && status != 404) {
      world.struck(status + where);
    }
  }

  /** Neither deleted nor parted from its contact by what people did. */
  private boolean isStillOurs(String customer) {
    RecordId id = RecordId.customer(customer);
    return world.stripe().state().customer(customer).isPresent() && !Everything.isParted(world, id);
  }
}
