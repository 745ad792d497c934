package dev.twofold.simulators.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One simulated vendor on a port: everything goes to the API but {@code /} and {@code
 * /_simulator/...}, which are ours. Each request has a virtual thread; an answer leaves after its
 * delay, and one that is lost breaks the connection instead.
 */
public final class SimulatorServer implements AutoCloseable {
  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 1_024;

  /** When the selecting thread of the server handed the call on. */
  private static final ScopedValue<Instant> ARRIVED_AT = ScopedValue.newInstance();

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final BiFunction<ApiRequest, Instant, ApiResponse> api;
  private final Function<ApiRequest, ApiResponse> own;

  private SimulatorServer(
      HttpServer server,
      BiFunction<ApiRequest, Instant, ApiResponse> api,
      Function<ApiRequest, ApiResponse> own) {
    this.server = server;
    this.api = api;
    this.own = own;
  }

  /**
   * Listens at once; port 0 takes a free one. A taken port is named in the exception.
   *
   * @param api is told when the call was seen on its connection, however long a thread for it took
   */
  public static SimulatorServer start(
      InetSocketAddress address,
      InstantSource clock,
      BiFunction<ApiRequest, Instant, ApiResponse> api,
      Function<ApiRequest, ApiResponse> own) {
    // Without these the JDK's server answers 40 ms late and drops idle connections of large pools.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      SimulatorServer started = new SimulatorServer(server, api, own);
      server.setExecutor(exchange -> {
        Instant arrivedAt = clock.instant();
        started.requests.execute(() -> ScopedValue.where(ARRIVED_AT, arrivedAt).run(exchange));
      });
      server.createContext("/", started::serve);
      server.start();
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "cannot listen on " + address + ": " + failed.getMessage(), failed);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    ApiRequest request;
    try {
      request = Exchange.read(exchange);
    } catch (IllegalArgumentException malformed) {
      Exchange.write(exchange, Exchange.problem(400, "not a usable request"));
      return;
    }
    boolean ours = request.path().equals("/") || request.path().startsWith("/_simulator");
    ApiResponse answer = ours ? own.apply(request) : api.apply(request, ARRIVED_AT.get());
    pause(answer.delay());
    if (answer.lost()) {
      // Closing without an answer: the caller sees a broken connection.
      exchange.close();
      throw new IOException("the answer is lost, as asked for");
    }
    Exchange.write(exchange, answer);
  }

  private static void pause(Duration delay) throws IOException {
    if (delay.isZero()) {
      return;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while an answer was on its way", stopped);
    }
  }

  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
    try {
      if (!requests.awaitTermination(2, TimeUnit.SECONDS)) {
        throw new IllegalStateException("requests still run two seconds after the stop");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
