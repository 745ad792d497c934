package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Gathers what a batch did; answers 207 as soon as there is an error. */
final class BatchAnswer {
  private final Instant startedAt;
  private final List<ObjectNode> results = new ArrayList<>();
  private final List<ObjectNode> errors = new ArrayList<>();

  BatchAnswer(Instant startedAt) {
    this.startedAt = startedAt;
  }

  void add(ObjectNode result, @Nullable String traceId) {
    if (traceId != null) {
      result.put("objectWriteTraceId", traceId);
    }
    results.add(result);
  }

  void fail(ObjectNode error) {
    errors.add(error);
  }

  /** Ids that lead to nothing share one error. */
  void missing(List<String> ids) {
    if (!ids.isEmpty()) {
      HubSpotRefusal missing =
          new HubSpotRefusal(
              404,
              "OBJECT_NOT_FOUND",
              "Could not get some CONTACT objects, they may be deleted or not exist. Check that"
                  + " ids are valid.");
      errors.add(missing.context("ids", ids).asBatchError(null));
    }
  }

  /** Results come in an order of their own: nobody may rely on that of the inputs. */
  Reply reply(int success, RandomGenerator random) {
    for (int i = results.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      ObjectNode swapped = results.set(i, results.get(j));
      results.set(j, swapped);
    }
    String moment = Timestamps.iso(startedAt);
    ObjectNode body = Json.object().put("status", "COMPLETE");
    body.putArray("results").addAll(results);
    if (!errors.isEmpty()) {
      body.put("numErrors", errors.size());
      body.putArray("errors").addAll(errors);
    }
    body.put("startedAt", moment).put("completedAt", moment);
    return new Reply(errors.isEmpty() ? success : 207, body);
  }
}
