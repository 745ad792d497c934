package dev.twofold.sync.side;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider on loopback that gives the answers it was told to, and remembers what it was asked.
 */
public final class ScriptedServer implements AutoCloseable {

  /** A request as it arrived. */
  public record Seen(String method, String target, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }
  }

  private interface Step {
    void play(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Step> script = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  public Seen onlySeen() {
    if (seen.size() != 1) {
      throw new AssertionError("expected one request, came " + seen.size());
    }
    return seen.getFirst();
  }

  /** The next request is answered so; headers as name, value, name, value. */
  public ScriptedServer answer(int status, String body, String... headers) {
    return answerAfter(new CountDownLatch(0), status, body, headers);
  }

  /** The next request is answered so, but not before that has happened. */
  public ScriptedServer answerAfter(
      CountDownLatch happened, int status, String body, String... headers) {
    script.add(exchange -> {
      await(happened);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    });
    return this;
  }

  /** The next request gets no answer while this server lives. */
  public ScriptedServer stall() {
    script.add(exchange -> {
      await(closing);
      exchange.close();
    });
    return this;
  }

  /** The next request gets half an answer while this server lives. */
  public ScriptedServer stallHalfway() {
    script.add(exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await(closing);
      exchange.close();
    });
    return this;
  }

  /** The next request's connection is closed. */
  public ScriptedServer breakOff() {
    script.add(HttpExchange::close);
    return this;
  }

  private static void await(CountDownLatch happened) {
    try {
      happened.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Step step = script.poll();
    if (step == null) {
      exchange.sendResponseHeaders(501, -1);
      exchange.close();
      throw new IllegalStateException("nothing is scripted for " + exchange.getRequestURI());
    }
    step.play(exchange);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
