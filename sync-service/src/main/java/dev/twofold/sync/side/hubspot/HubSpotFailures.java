package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.MaskedWords;
import dev.twofold.sync.side.hubspot.HubSpotApi.ApiError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a failed call means as a whole.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/error-handling">Errors</a>
 */
final class HubSpotFailures {

  private static final long RETRY_AFTER_MAX_SECONDS = Duration.ofDays(1).toSeconds();

  private final JsonMapper json;
  private final Refusals refusals;

  HubSpotFailures(JsonMapper json) {
    this.json = json;
    this.refusals = new Refusals(json);
  }

  Refusals refusals() {
    return refusals;
  }

  CallResult of(RestClientException failure, boolean creating) {
    return switch (failure) {
      case RestClientResponseException answered -> ofAnswer(answered, creating);
      case ResourceAccessException broken -> ofConnection(broken);
      default -> new CallResult.Unknown("HubSpot's answer could not be read");
    };
  }

  private CallResult ofAnswer(RestClientResponseException answered, boolean creating) {
    int status = answered.getStatusCode().value();
    ApiError error = error(answered);
    String words =
        error == null || error.message() == null
            ? "HubSpot answered HTTP " + status
            : error.message();
    String masked = MaskedWords.of(words);
    return switch (status) {
      case 400, 409 ->
          error == null
              ? new CallResult.Refused(null, words)
              : refusals.of(error, status == 409, creating);
      case 401, 403 -> new CallResult.Denied(masked);
      case 404 ->
          error == null
              ? new CallResult.Denied("HubSpot's API is not at the address that is set: " + masked)
              : new CallResult.Gone(words);
      case 408 -> new CallResult.Unknown(masked);
      case 423 -> new CallResult.Locked(masked);
      case 429 -> new CallResult.Limited(scope(error), retryAfter(answered));
      // 477: the account is being moved; 521 and 523: HubSpot's own servers were not reached.
      case 477, 503, 521, 523 -> new CallResult.Down(masked);
      default ->
          status >= 500 || status < 400
              ? new CallResult.Unknown(masked)
              : new CallResult.Refused(null, words);
    };
  }

  private @Nullable ApiError error(RestClientResponseException answered) {
    try {
      return json.readValue(answered.getResponseBodyAsByteArray(), ApiError.class);
    } catch (JacksonException html) {
      // Proxies on the way answer in HTML; their status says enough.
      return null;
    }
  }

  /** Search names no policy and the daily limit no category; some word is always there. */
  private static String scope(@Nullable ApiError error) {
    if (error == null) {
      return "unnamed";
    }
    return Objects.requireNonNullElse(
            error.policyName(),
            MaskedWords.of(Objects.requireNonNullElse(error.message(), "unnamed")))
        .toLowerCase(Locale.ROOT);
  }

  private static @Nullable Duration retryAfter(RestClientResponseException answered) {
    HttpHeaders headers = answered.getResponseHeaders();
    String value = headers == null ? null : headers.getFirst(HttpHeaders.RETRY_AFTER);
    return value != null && value.strip().matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(value.strip()), RETRY_AFTER_MAX_SECONDS))
        : null;
  }

  private static CallResult ofConnection(ResourceAccessException broken) {
    String name = IOException.class.getSimpleName();
    for (Throwable cause = broken.getCause(); cause != null; cause = cause.getCause()) {
      name = cause.getClass().getSimpleName();
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException
          || cause instanceof NoRouteToHostException) {
        return new CallResult.Down("HubSpot cannot be reached: " + name);
      }
    }
    return new CallResult.Unknown("no answer from HubSpot: " + name);
  }
}
