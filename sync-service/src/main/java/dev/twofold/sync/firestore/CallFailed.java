package dev.twofold.sync.firestore;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.firestore.FirestoreException;
import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import io.grpc.Status;

/** A call to Firestore that was answered with an error, and what the error means. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final Status.Code code;

  CallFailed(Throwable cause) {
    super(cause);
    this.code = code(cause);
  }

  private static Status.Code code(Throwable cause) {
    return switch (cause) {
      case FirestoreException refused when refused.getStatus() != null ->
          refused.getStatus().getCode();
      case ApiException refused -> Status.Code.valueOf(refused.getStatusCode().getCode().name());
      default -> Status.fromThrowable(cause).getCode();
    };
  }

  /** Whether the same read has a good chance a moment later. */
  boolean mayPassSoon() {
    return switch (code) {
      case UNAVAILABLE, INTERNAL, ABORTED, RESOURCE_EXHAUSTED -> true;
      case OK,
          CANCELLED,
          UNKNOWN,
          INVALID_ARGUMENT,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          false;
    };
  }

  /** Whether a commit met a document in another state than it expected; nothing was stored. */
  boolean isLostRace() {
    return code == Status.Code.FAILED_PRECONDITION
        || code == Status.Code.ALREADY_EXISTS
        || code == Status.Code.NOT_FOUND
        || code == Status.Code.ABORTED;
  }

  /**
   * What the caller is told. Only what Firestore will never take, such as a document above 1 MiB,
   * is permanent: missing rights and missing indexes are mended by a person, and nothing is lost
   * until then. Firestore's words are left to the cause, because they may quote what was to be
   * stored.
   */
  RuntimeException asFailure(Stage stage, String what) {
    String message =
        switch (stage) {
          case RECORDING -> "Firestore answered %s, it is not known whether it stored: %s";
          case LOADING, CALLING, DISPATCHING -> "Firestore answered %s, could not read: %s";
        };
    return code == Status.Code.INVALID_ARGUMENT
        ? new PermanentFailure(
            stage, "Firestore refuses for good (%s): %s".formatted(code, what), this)
        : new RetryableFailure(stage, message.formatted(code, what), this);
  }
}
