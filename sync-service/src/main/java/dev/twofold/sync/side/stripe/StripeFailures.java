package dev.twofold.sync.side.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import com.stripe.net.HttpHeaders;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.MaskedWords;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call means.
 *
 * @see <a href="https://docs.stripe.com/error-low-level">Stripe: low-level errors</a>
 * @see <a href="https://docs.stripe.com/rate-limits">Stripe: rate limits</a>
 */
final class StripeFailures {

  private static final String LIMIT_REASON = "Stripe-Rate-Limited-Reason";
  private static final String REPLAYED = "Idempotent-Replayed";

  private StripeFailures() {}

  static CallResult of(StripeException failure) {
    if (failure instanceof ApiConnectionException broken) {
      return ofConnection(broken);
    }
    StripeError error = failure.getStripeError();
    int status = failure.getStatusCode() == null ? 0 : failure.getStatusCode();
    String words = words(error, status);
    String masked = MaskedWords.of(words);
    return switch (status) {
      case 400 -> ofBadRequest(error, words);
      case 402, 422 -> new CallResult.Refused(field(error), words);
      case 401, 403 -> new CallResult.Denied(masked);
      case 404 -> ofNotFound(error, words);
      case 409 -> new CallResult.Locked(masked);
      case 429 -> ofTooMany(error, words);
      case 503 ->
          isReplayed(error) ? new CallResult.FailedBefore(words) : new CallResult.Down(masked);
      default ->
          status >= 500 && isReplayed(error)
              ? new CallResult.FailedBefore(words)
              : new CallResult.Unknown(masked);
    };
  }

  private static CallResult ofConnection(ApiConnectionException broken) {
    for (Throwable cause = broken.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException
          || cause instanceof NoRouteToHostException) {
        return new CallResult.Down("Stripe cannot be reached: " + cause.getClass().getSimpleName());
      }
    }
    Throwable cause = broken.getCause();
    return new CallResult.Unknown(
        "no answer from Stripe: "
            + (cause == null ? "connection" : cause.getClass().getSimpleName()));
  }

  /**
   * A key that was used with other parameters is no refusal of these: a request of that key was
   * carried out before, perhaps by an older version of this service that wrote its parameters in
   * another way. What it did can only be read, and a new key taken then; parking it would lose the
   * change, and a new key at once could make a second customer.
   */
  private static CallResult ofBadRequest(@Nullable StripeError error, String words) {
    if (error != null && "idempotency_error".equals(error.getType())) {
      return new CallResult.FailedBefore(words);
    }
    return new CallResult.Refused(field(error), words);
  }

  /** Missing can be the customer, something a parameter names, or the address of the API. */
  private static CallResult ofNotFound(@Nullable StripeError error, String words) {
    if (error == null || !"resource_missing".equals(error.getCode())) {
      return new CallResult.Denied(
          "the Stripe API is not at the address that is set: " + MaskedWords.of(words));
    }
    String param = error.getParam();
    return param == null || param.equals("id") || param.equals("customer")
        ? new CallResult.Gone(words)
        : new CallResult.Refused(field(error), words);
  }

  /** Stripe sends the same status for a busy object, told apart by the missing reason. */
  private static CallResult ofTooMany(@Nullable StripeError error, String words) {
    Optional<String> reason = header(error, LIMIT_REASON);
    String code = error == null ? null : error.getCode();
    if (reason.isEmpty() && "lock_timeout".equals(code)) {
      return new CallResult.Locked(MaskedWords.of(words));
    }
    return new CallResult.Limited(reason.orElse(code == null ? "unnamed" : code), null);
  }

  private static boolean isReplayed(@Nullable StripeError error) {
    return header(error, REPLAYED).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Optional<String> header(@Nullable StripeError error, String name) {
    return error == null || error.getLastResponse() == null
        ? Optional.empty()
        : Optional.of(error.getLastResponse().headers())
            .flatMap((HttpHeaders headers) -> headers.firstValue(name));
  }

  /** The parameter's name as a path: {@code metadata[x]} is {@code metadata.x}. */
  private static @Nullable String field(@Nullable StripeError error) {
    String param = error == null ? null : error.getParam();
    return param == null ? null : param.replace("[", ".").replace("]", "");
  }

  private static String words(@Nullable StripeError error, int status) {
    String message = error == null ? null : error.getMessage();
    return message == null ? "Stripe answered HTTP " + status : message;
  }
}
