package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error answer of Stripe's. {@code begun} says whether work had started, so that it is stored.
 */
final class StripeRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DOCS = "https://stripe.com/docs/error-codes/";

  private final int status;
  private final String type;
  private final @Nullable String code;
  private final @Nullable String param;
  private final boolean begun;

  private StripeRefusal(
      int status, String type, @Nullable String code, String message, @Nullable String param) {
    this(status, type, code, message, param, false);
  }

  @SuppressWarnings("checkstyle:ParameterNumber") // The five parts of an error and one fact.
  private StripeRefusal(
      int status,
      String type,
      @Nullable String code,
      String message,
      @Nullable String param,
      boolean begun) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
    this.begun = begun;
  }

  /** A parameter that is not as it should be: nothing was begun. */
  static StripeRefusal invalid(@Nullable String code, String param, String message) {
    return new StripeRefusal(400, "invalid_request_error", code, message, param);
  }

  static StripeRefusal unknownParameter(String param) {
    return invalid("parameter_unknown", param, "Received unknown parameter: " + param);
  }

  static StripeRefusal missing(String kind, String id, String param) {
    return new StripeRefusal(
        404,
        "invalid_request_error",
        "resource_missing",
        "No such " + kind + ": '" + id + "'",
        param,
        true);
  }

  static StripeRefusal unknownUrl(String method, String path) {
    return new StripeRefusal(
        404,
        "invalid_request_error",
        null,
        "Unrecognized request URL ("
            + method
            + ": "
            + path
            + "). Please see"
            + " https://stripe.com/docs or we can help at https://support.stripe.com/.",
        null);
  }

  static StripeRefusal unauthorized(String message) {
    return new StripeRefusal(401, "invalid_request_error", null, message, null);
  }

  static StripeRefusal rateLimit() {
    return new StripeRefusal(
        429,
        "invalid_request_error",
        "rate_limit",
        "Request rate limit exceeded. Learn more about rate limits here"
            + " https://stripe.com/docs/rate-limits.",
        null);
  }

  static StripeRefusal lockTimeout() {
    return new StripeRefusal(
        429,
        "invalid_request_error",
        "lock_timeout",
        "This object can't be accessed right now because another API request or Stripe process is"
            + " currently accessing it. If you see this error intermittently, retry the request. If"
            + " you see this error frequently and are making multiple concurrent requests to a"
            + " single object, make your requests serially or at a lower rate.",
        null);
  }

  static StripeRefusal otherParameters(String key) {
    return new StripeRefusal(
        400,
        "idempotency_error",
        null,
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with. Try using a key other than '"
            + key
            + "' if you meant to execute a"
            + " different request.",
        null);
  }

  static StripeRefusal keyInUse(String key) {
    return new StripeRefusal(
        409,
        "idempotency_error",
        "idempotency_key_in_use",
        "There is currently another in-progress request using this Idempotent Key (that probably"
            + " means you submitted twice, and the other request is still going through): "
            + key
            + ". Please try again later.",
        null);
  }

  static StripeRefusal keyTooLong() {
    return new StripeRefusal(
        400,
        "idempotency_error",
        null,
        "Idempotency keys can be at most 255 characters long.",
        null);
  }

  static StripeRefusal serverError(int status) {
    return new StripeRefusal(status, "api_error", null, "An unknown error occurred", null, true);
  }

  int status() {
    return status;
  }

  boolean begun() {
    return begun;
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  ObjectNode body(String requestId) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    if (code != null) {
      error.put("code", code).put("doc_url", DOCS + code.replace("_", "-"));
    }
    error.put("message", reason());
    if (param != null) {
      error.put("param", param);
    }
    error.put(
        "request_log_url",
        "https://dashboard.stripe.com/acct_1TwofoldLocal/test/logs/" + requestId);
    error.put("type", type);
    return body;
  }
}
