package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a dispatched call ended. Only a status from 200 to 299 is a success. */
public sealed interface Answer {

  /** The target answered; {@code retryAfter} is its Retry-After header, if it sent one. */
  record Status(int code, @Nullable Duration retryAfter) implements Answer {}

  /** The dispatch deadline passed and the connection was cut; the handler may still be running. */
  record TimedOut() implements Answer {}

  /** No connection, or it broke before an answer came. */
  record NoResponse(String cause) implements Answer {}

  static Answer status(int code) {
    return new Status(code, null);
  }

  default boolean isSuccess() {
    return this instanceof Status status && status.code() >= 200 && status.code() <= 299;
  }
}
