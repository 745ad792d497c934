package dev.twofold.simulators.transport;

import com.sun.net.httpserver.HttpExchange;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Between the JDK's HTTP server and requests and answers as values. */
final class Exchange {
  /** Well above the vendors' largest batch. */
  private static final int LARGEST_BODY = 8 * 1024 * 1024;

  private Exchange() {}

  static ApiRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new IOException("a body of more than " + LARGEST_BODY + " bytes");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return ApiRequest.of(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
  }

  static void write(HttpExchange exchange, ApiResponse answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  static ApiResponse json(int status, JsonNode body) {
    return ApiResponse.of(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.text(body));
  }

  static ApiResponse html(String page) {
    return ApiResponse.of(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
  }

  static ApiResponse problem(int status, String reason) {
    return json(status, Json.object().put("error", reason));
  }
}
