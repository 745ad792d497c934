package dev.twofold.cloudtasks.engine;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The call a task stands for, in the form the real service stores it: its own user agent set,
 * headers it reserves dropped, the writing of all other names kept. Refuses what the real service
 * refuses; a URL that cannot be parsed is, as there, accepted here and fails when it is called.
 */
public record HttpCall(
    String url,
    HttpMethod method,
    Map<String, String> headers,
    Payload body,
    Authorization authorization) {

  private static final int URL_LENGTH_MAX = 2083;
  private static final int HEADER_BYTES_MAX = 80 * 1024;

  public HttpCall {
    if (url.isEmpty()) {
      throw Refusals.invalid("HttpRequest.url is required.");
    }
    String lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      throw Refusals.invalid("HttpTarget.url must start with 'http://' or 'https://'.");
    }
    if (url.length() > URL_LENGTH_MAX) {
      throw Refusals.invalid("HttpRequest.url must be at most 2083 characters long.");
    }
    if (body.size() > 0 && !method.carriesBody()) {
      throw Refusals.invalid(
          "HTTP request body is only allowed if the HTTP method is POST, PUT, or PATCH.");
    }
    headers = stored(headers);
    if (size(headers) > HEADER_BYTES_MAX) {
      throw Refusals.invalid("HttpRequest.headers must be less than 80 KB.");
    }
  }

  public static HttpCall post(String url, Payload body) {
    return new HttpCall(url, HttpMethod.POST, Map.of(), body, new Authorization.None());
  }

  private static Map<String, String> stored(Map<String, String> given) {
    Map<String, String> kept = new LinkedHashMap<>();
    given.forEach((name, value) -> {
      if (!isReserved(name.toLowerCase(Locale.ROOT))) {
        kept.put(name, value);
      }
    });
    kept.put("User-Agent", "Google-Cloud-Tasks");
    return Collections.unmodifiableMap(kept);
  }

  private static boolean isReserved(String name) {
    return name.equals("host")
        || name.equals("content-length")
        || name.equals("user-agent")
        || name.startsWith("x-google-")
        || name.startsWith("x-appengine-");
  }

  private static int size(Map<String, String> headers) {
    int size = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += header.getKey().getBytes(StandardCharsets.UTF_8).length;
      size += header.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }
}
