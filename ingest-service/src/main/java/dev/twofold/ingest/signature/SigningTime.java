package dev.twofold.ingest.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** Reads the time a provider signed at, and says whether it is near enough to be believed. */
final class SigningTime {

  /** Five minutes, as both providers advise; both ways, because a future time never expires. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** ASCII digits only: signs, spaces and other scripts' digits are how forgeries confuse. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  private SigningTime() {}

  static Optional<Instant> parse(String text, LongFunction<Instant> unit) {
    return DIGITS.matcher(text).matches()
        ? Optional.of(unit.apply(Long.parseLong(text)))
        : Optional.empty();
  }

  static boolean isNear(Instant signedAt, Instant now) {
    return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) <= 0;
  }
}
