package dev.twofold.simulators.web;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One API call as a value: method, decoded path, decoded query, headers by lower-case name, body
 * bytes. Refuses a path that does not begin with a slash.
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are the point; nobody compares requests.
public record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {

  public ApiRequest {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with /, this one is: " + path);
    }
    Map<String, String> lowered = new LinkedHashMap<>();
    headers.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
    headers = lowered;
  }

  /** Splits {@code target} (path with an optional query, still percent-encoded). */
  public static ApiRequest of(
      String method, String target, Map<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    String rawPath = mark < 0 ? target : target.substring(0, mark);
    String path = URI.create(rawPath).getPath();
    String rawQuery = mark < 0 ? "" : target.substring(mark + 1);
    return new ApiRequest(method, path, parse(rawQuery), headers, body);
  }

  /** Parses a query or form, keeping the order of names and of repeated values. */
  public static Map<String, List<String>> parse(String encoded) {
    Map<String, List<String>> parsed = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      parsed.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return parsed;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      // The vendors take a stray percent sign as itself.
      return text;
    }
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public Optional<String> parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
