package dev.twofold.localstack.burst;

import com.sun.net.httpserver.HttpServer;
import dev.twofold.localstack.stack.LoopbackHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Simulators that answer what a test has written down, and nothing else. */
final class Simulated implements AutoCloseable {
  private final HttpServer server;
  private final LoopbackHttp http = new LoopbackHttp();

  /** By the path below {@code /hubspot} or {@code /stripe}, without the question mark. */
  Simulated(Map<String, String> answers) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().replace("/_simulator", "");
          byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  Sides sides() {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return new Sides(http, base + "/hubspot", base + "/stripe");
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
