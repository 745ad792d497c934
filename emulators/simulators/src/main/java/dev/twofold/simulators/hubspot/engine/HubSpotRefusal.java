package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An error answer of HubSpot's: status, category, message and what comes with them. */
final class HubSpotRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** HubSpot names only the first few errors one by one, whatever the message lists. */
  private static final int NAMED_ERRORS = 3;

  private final int status;
  private final String category;
  private final transient ObjectNode extra = Json.object();

  HubSpotRefusal(int status, String category, String message) {
    super(message, null, false, false);
    this.status = status;
    this.category = category;
  }

  static HubSpotRefusal invalid(String message) {
    return new HubSpotRefusal(400, "VALIDATION_ERROR", message);
  }

  static HubSpotRefusal notFound() {
    return new HubSpotRefusal(404, "OBJECT_NOT_FOUND", "resource not found");
  }

  static HubSpotRefusal conflict(@Nullable Long existing) {
    String message = "Contact already exists";
    return existing == null
        ? new HubSpotRefusal(409, "CONFLICT", message)
        : new HubSpotRefusal(409, "CONFLICT", message + ". Existing ID: " + existing)
            .context("existingId", List.of(existing.toString()));
  }

  static HubSpotRefusal missingScopes(String scope) {
    HubSpotRefusal refusal =
        new HubSpotRefusal(
            403,
            "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call. Read more about"
                + " required scopes here: https://developers.hubspot.com/scopes.");
    ObjectNode error = refusal.extra.putArray("errors").addObject();
    error.put("message", "One or more of the following scopes are required.");
    error.putObject("context").putArray("requiredScopes").add(scope);
    return refusal;
  }

  /** The values that were refused, as JSON inside the message and again as {@code errors}. */
  static HubSpotRefusal values(List<ValueProblem> problems) {
    ArrayNode inMessage = Json.array();
    problems.forEach(problem -> inMessage.add(problem.inMessage()));
    HubSpotRefusal refusal = invalid("Property values were not valid: " + Json.text(inMessage));
    ArrayNode errors = refusal.extra.putArray("errors");
    problems.stream().limit(NAMED_ERRORS).forEach(problem -> errors.add(problem.asError()));
    return refusal;
  }

  HubSpotRefusal context(String name, List<String> values) {
    ObjectNode context =
        extra.get("context") instanceof ObjectNode there ? there : extra.putObject("context");
    ArrayNode list = context.putArray(name);
    values.forEach(list::add);
    return this;
  }

  int status() {
    return status;
  }

  String category() {
    return category;
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The whole body of a refused call. */
  ObjectNode body(String correlationId) {
    ObjectNode body = Json.object().put("status", "error").put("message", reason());
    body.put("correlationId", correlationId);
    body.setAll(extra.deepCopy());
    // A single call's conflict names the id in its message alone.
    if (status == 409) {
      body.remove("context");
    }
    return body.put("category", category);
  }

  /** One entry of the {@code errors} of a 207. */
  ObjectNode asBatchError(@Nullable String traceId) {
    if (traceId != null) {
      context("objectWriteTraceId", List.of(traceId));
    }
    ObjectNode error = Json.object().put("status", "error").put("category", category);
    error.put("message", reason());
    error.setAll(extra.deepCopy());
    return error;
  }
}
