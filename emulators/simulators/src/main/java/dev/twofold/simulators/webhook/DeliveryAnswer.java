package dev.twofold.simulators.webhook;

/** What became of one attempt: a status, or no answer in time. */
public sealed interface DeliveryAnswer {
  /** The receiver answered. Only 2xx counts as delivered; a redirect does not. */
  record Status(int code) implements DeliveryAnswer {}

  /** Refused, broken or too slow. */
  record NoAnswer(String reason) implements DeliveryAnswer {}

  default boolean delivered() {
    return switch (this) {
      case Status(int code) -> code >= 200 && code < 300;
      case NoAnswer _ -> false;
    };
  }
}
