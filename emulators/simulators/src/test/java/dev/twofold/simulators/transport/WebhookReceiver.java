package dev.twofold.simulators.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes webhooks on a loopback port and answers as told; what came can be waited for. */
public final class WebhookReceiver implements AutoCloseable {
  /** One POST that came. */
  public record Received(Map<String, String> headers, String body) {
    /** A header by its lower-case name, empty where it is missing. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final HttpServer server;
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  private WebhookReceiver(HttpServer server) {
    this.server = server;
  }

  /** Answers 204 unless {@link #answerNext} says otherwise. */
  public static WebhookReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    WebhookReceiver receiver = new WebhookReceiver(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", receiver::take);
    server.start();
    return receiver;
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    Integer status = answers.poll();
    received.add(new Received(headers, body));
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks";
  }

  public void answerNext(int status) {
    answers.add(status);
  }

  /** The next so many POSTs; fails after ten seconds without them. */
  public List<Received> next(int count) throws InterruptedException {
    List<Received> next = new ArrayList<>();
    while (next.size() < count) {
      Received one = received.poll(10, TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("only " + next.size() + " of " + count + " webhooks came");
      }
      next.add(one);
    }
    return next;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
