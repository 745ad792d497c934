package dev.twofold.simulators.hubspot.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls on up to 100 contacts. With an {@code objectWriteTraceId} of its own on every input the
 * good rows are written and the bad ones listed; without, one bad row refuses the whole batch.
 */
final class BatchEndpoints {
  private static final int MOST_INPUTS = 100;
  private static final int MOST_WITH_HISTORY = 50;

  private record Row(String id, Map<String, String> values, @Nullable String traceId) {}

  private final ContactStore store;
  private final PropertyCatalog catalog;
  private final ContactJson json;
  private final RandomGenerator random;

  BatchEndpoints(
      ContactStore store, PropertyCatalog catalog, ContactJson json, RandomGenerator random) {
    this.store = store;
    this.catalog = catalog;
    this.json = json;
    this.random = random;
  }

  Reply read(Call call) {
    ObjectNode body = call.body();
    List<String> withHistory = Call.strings(body.path("propertiesWithHistory"));
    int most = withHistory.isEmpty() ? MOST_INPUTS : MOST_WITH_HISTORY;
    List<String> properties = Call.strings(body.path("properties"));
    String idProperty = body.path("idProperty").asString("");
    boolean archived = call.flag("archived");
    BatchAnswer answer = new BatchAnswer(call.now());
    Set<Long> shown = new HashSet<>();
    List<String> missing = new ArrayList<>();
    for (JsonNode input : inputs(body, most)) {
      String key = input.path("id").asString("");
      Optional<Contact> found =
          store.find(idProperty, key).filter(contact -> contact.isArchived() == archived);
      if (found.isEmpty()) {
        missing.add(key);
      } else if (shown.add(found.get().id())) {
        answer.add(json.read(found.get(), properties, withHistory), null);
      }
    }
    answer.missing(missing);
    return answer.reply(200, random);
  }

  private static List<JsonNode> inputs(ObjectNode body, int most) {
    JsonNode inputs = body.path("inputs");
    if (!inputs.isArray()) {
      throw HubSpotRefusal.invalid("Some required fields were not set: [inputs]");
    }
    if (inputs.size() > most) {
      throw HubSpotRefusal.invalid(
          "The maximum number of inputs is " + most + ", this batch has " + inputs.size());
    }
    return List.copyOf(inputs.values());
  }

  private static List<Row> rows(ObjectNode body) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode input : inputs(body, MOST_INPUTS)) {
      JsonNode trace = input.path("objectWriteTraceId");
      String traceId = trace.isValueNode() && !trace.isNull() ? trace.asString() : null;
      rows.add(new Row(input.path("id").asString(""), Call.properties(input), traceId));
    }
    return rows;
  }

  /** Whether every row has a trace id; the same one twice is refused. */
  private static boolean isPartial(List<Row> rows) {
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      if (row.traceId() != null && !seen.add(row.traceId())) {
        throw HubSpotRefusal.invalid(
            "Duplicate objectWriteTraceId found in batch input: " + row.traceId());
      }
    }
    return !rows.isEmpty() && seen.size() == rows.size();
  }

  Reply create(Call call) {
    List<Row> rows = rows(call.body());
    boolean partial = isPartial(rows);
    if (!partial) {
      checkAll(rows);
      checkCreatable(rows);
    }
    BatchAnswer answer = new BatchAnswer(call.now());
    for (Row row : rows) {
      attempt(
          row,
          partial,
          answer,
          () -> {
            Contact created = store.create(row.values(), call.author(), call.now());
            answer.add(json.written(created, row.values().keySet()), row.traceId());
          });
    }
    return answer.reply(201, random);
  }

  private void attempt(Row row, boolean partial, BatchAnswer answer, Runnable write) {
    try {
      write.run();
    } catch (HubSpotRefusal refused) {
      if (!partial) {
        throw refused;
      }
      answer.fail(refused.asBatchError(row.traceId()));
    }
  }

  private void checkAll(List<Row> rows) {
    List<ValueProblem> problems = new ArrayList<>();
    rows.forEach(row -> problems.addAll(store.rules().problems(row.values())));
    if (!problems.isEmpty()) {
      throw HubSpotRefusal.values(problems);
    }
  }

  /** Without trace ids nothing may be written unless everything can be. */
  private void checkCreatable(List<Row> rows) {
    Set<String> claimed = new HashSet<>();
    for (Row row : rows) {
      Map<String, String> values = store.rules().normal(row.values());
      store.checkCreatable(values);
      checkClaims(claimed, values);
    }
  }

  private void checkClaims(Set<String> claimed, Map<String, String> values) {
    values.forEach((name, value) -> {
      boolean unique = name.equals("email") || catalog.isUnique(name);
      if (unique && !value.isEmpty() && !claimed.add(name + "=" + value)) {
        throw HubSpotRefusal.conflict(null);
      }
    });
  }

  Reply update(Call call) {
    ObjectNode body = call.body();
    List<Row> rows = rows(body);
    String idProperty = idProperty(body);
    if (idProperty.equals("email")) {
      throw HubSpotRefusal.invalid(
          "Unable to perform update/upsert by non-unique 0-1 property: email");
    }
    refuseDuplicates(rows);
    boolean partial = isPartial(rows);
    // Of a merged-away id the real thing says nothing at all: no result, no error, 200.
    Map<Row, Contact> targets = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Row row : rows) {
      Optional<Contact> found =
          store.find(idProperty, row.id()).filter(contact -> !contact.isArchived());
      if (found.isEmpty()) {
        missing.add(row.id());
      } else if (!idProperty.isEmpty() || !store.isMergedAway(Long.parseLong(row.id()))) {
        targets.put(row, found.get());
      }
    }
    if (!partial) {
      checkAll(rows);
      targets.forEach(
          (row, contact) -> store.checkUnique(contact, store.rules().normal(row.values())));
      Set<String> claimed = new HashSet<>();
      rows.forEach(row -> checkClaims(claimed, store.rules().normal(row.values())));
    }
    BatchAnswer answer = new BatchAnswer(call.now());
    targets.forEach(
        (row, contact) -> attempt(row, partial, answer, () -> change(call, row, contact, answer)));
    answer.missing(missing);
    return answer.reply(200, random);
  }

  private void change(Call call, Row row, Contact contact, BatchAnswer answer) {
    store.update(contact, row.values(), call.author(), call.now());
    answer.add(json.written(contact, row.values().keySet()), row.traceId());
  }

  private static String idProperty(ObjectNode body) {
    Set<String> used = new LinkedHashSet<>();
    body.path("inputs").values().forEach(input -> used.add(input.path("idProperty").asString("")));
    if (used.size() > 1) {
      throw HubSpotRefusal.invalid("All inputs of a batch must have the same idProperty");
    }
    return used.isEmpty() ? "" : used.iterator().next();
  }

  private static void refuseDuplicates(List<Row> rows) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    rows.forEach(row -> {
      if (!seen.add(row.id())) {
        twice.add(row.id());
      }
    });
    if (!twice.isEmpty()) {
      throw HubSpotRefusal.invalid(
              "Duplicate IDs found in batch input: " + twice + ". IDs must be unique")
          .context("ids", List.copyOf(twice));
    }
  }

  /** A conflict refuses the whole batch even where every row has a trace id. */
  Reply upsert(Call call) {
    ObjectNode body = call.body();
    List<Row> rows = rows(body);
    String idProperty = idProperty(body);
    if (!idProperty.equals("email") && !catalog.isUnique(idProperty)) {
      throw HubSpotRefusal.invalid(
          "Unable to perform update/upsert by non-unique 0-1 property: " + idProperty);
    }
    refuseDuplicates(rows);
    boolean partial = isPartial(rows);
    if (!partial) {
      checkAll(rows);
    }
    Map<Row, Optional<Contact>> targets = new LinkedHashMap<>();
    Set<String> claimed = new HashSet<>();
    for (Row row : rows) {
      Optional<Contact> found = store.find(idProperty, row.id());
      Map<String, String> values = upserted(row, idProperty, found.isEmpty());
      store.checkUnique(found.orElse(null), values);
      checkClaims(claimed, values);
      targets.put(row, found);
    }
    BatchAnswer answer = new BatchAnswer(call.now());
    targets.forEach((row, found) ->
        attempt(row, partial, answer, () -> upsert(call, row, found, answer, idProperty)));
    return answer.reply(200, random);
  }

  private void upsert(
      Call call, Row row, Optional<Contact> found, BatchAnswer answer, String idProperty) {
    Map<String, String> values = upserted(row, idProperty, found.isEmpty());
    Contact contact;
    if (found.isPresent()) {
      contact = found.get();
      store.update(contact, values, call.author(), call.now());
    } else {
      contact = store.create(values, call.author(), call.now());
    }
    ObjectNode result = json.written(contact, values.keySet());
    answer.add(result.put("new", found.isEmpty()), row.traceId());
  }

  private Map<String, String> upserted(Row row, String idProperty, boolean isNew) {
    Map<String, String> values = new LinkedHashMap<>(row.values());
    if (isNew) {
      values.putIfAbsent(idProperty, row.id());
    }
    return store.rules().normal(values);
  }

  Reply archive(Call call) {
    for (JsonNode input : inputs(call.body(), MOST_INPUTS)) {
      store
          .find(null, input.path("id").asString(""))
          .ifPresent(contact -> store.archive(contact, call.author(), call.now()));
    }
    return Reply.noContent();
  }
}
