package dev.twofold.simulators.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One answer as a value. The effect of the call has already happened; {@code delay} says how long
 * after the request the answer arrives, and {@code lost} that it never does: the connection breaks
 * instead. Whoever carries the answer keeps both.
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are the point; nobody compares answers.
public record ApiResponse(
    int status, Map<String, String> headers, byte[] body, Duration delay, boolean lost) {

  public static ApiResponse of(int status, Map<String, String> headers, String body) {
    return new ApiResponse(
        status, headers, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO, false);
  }

  public ApiResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiResponse(status, more, body, delay, lost);
  }

  public ApiResponse delayedBy(Duration longer) {
    return new ApiResponse(status, headers, body, delay.plus(longer), lost);
  }

  public ApiResponse lostOnTheWay() {
    return new ApiResponse(status, headers, body, delay, true);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A header by its name in any case. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
