package dev.twofold.sync.watch.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for ingest and Pub/Sub: takes the simulators' webhooks in, and pushes each as one message
 * in a trace of its own.
 */
final class PushingTopic implements AutoCloseable {

  /** A delivery that was pushed. */
  record Pushed(String provider, String trace, String body) {}

  private final String tenant;
  private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private volatile String target = "";

  PushingTopic(String tenant) throws IOException {
    this.tenant = tenant;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hubspot", exchange -> take(exchange, "hubspot"));
    server.createContext("/stripe", exchange -> take(exchange, "stripe"));
    server.start();
  }

  void pushTo(String notices) {
    target = notices;
  }

  String address(String provider) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + provider;
  }

  /** The deliveries that hold this text, oldest first. */
  List<Pushed> pushed(String text) {
    return pushed.stream().filter(each -> each.body().contains(text)).toList();
  }

  int push(String provider, String body) throws IOException, InterruptedException {
    String trace = UUID.randomUUID().toString().replace("-", "");
    pushed.add(new Pushed(provider, trace, body));
    ObjectNode push = JsonMapper.shared().createObjectNode();
    ObjectNode message = push.putObject("message");
    message.put("messageId", trace);
    message.put("data", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    message
        .putObject("attributes")
        .put("ce-type", "dev.twofold." + provider + ".delivery")
        .put("ce-time", "2026-01-01T00:00:00Z")
        .put("tenant", tenant)
        .put("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(push.toString()))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private void take(HttpExchange exchange, String provider) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status;
    try {
      status = push(provider, body);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      status = 503;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
