package dev.twofold.simulators.hubspot.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as HubSpot writes and reads them. */
final class Timestamps {
  private Timestamps() {}

  /** ISO with milliseconds, which are left out where they are zero. */
  static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** An ISO time, an ISO date (midnight UTC) or milliseconds since 1970. */
  static Optional<Instant> parse(String text) {
    try {
      if (text.matches("-?\\d{1,15}")) {
        return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
      }
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }
}
