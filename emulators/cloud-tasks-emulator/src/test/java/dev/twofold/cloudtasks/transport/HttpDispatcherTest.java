package dev.twofold.cloudtasks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Authorization;
import dev.twofold.cloudtasks.engine.Dispatch;
import dev.twofold.cloudtasks.engine.HttpCall;
import dev.twofold.cloudtasks.engine.HttpMethod;
import dev.twofold.cloudtasks.engine.Payload;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDispatcherTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final TaskName TASK = TaskName.parse("projects/p/locations/l/queues/q/tasks/t");

  private final CountDownLatch never = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpDispatcher dispatcher =
      new HttpDispatcher(
          new TokenIssuer(() -> "http://issuer", () -> "http://issuer"), new VirtualClock(NOW));
  private final HttpServer server;

  HttpDispatcherTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void listen() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    never.countDown();
    dispatcher.close();
    server.stop(0);
  }

  @Test
  void reportsTheStatusAndTheWaitAskedFor() throws InterruptedException {
    assertThat(call("/status/200")).isEqualTo(Answer.status(200));
    assertThat(call("/status/404")).isEqualTo(Answer.status(404));
    assertThat(call("/busy/7")).isEqualTo(new Answer.Status(503, Duration.ofSeconds(7)));
    assertThat(call("/busy/Sat, 21 Nov 2026 08:01:00 GMT"))
        .isEqualTo(new Answer.Status(503, Duration.ofSeconds(60)));
    assertThat(call("/busy/soon")).isEqualTo(Answer.status(503));
  }

  @Test
  void cutsTheConnectionAtTheDeadlineEvenInsideTheBody() throws InterruptedException {
    assertThat(call("/silent")).isEqualTo(new Answer.TimedOut());
    assertThat(call("/trickle")).isEqualTo(new Answer.TimedOut());
  }

  @Test
  void followsNoRedirect() throws InterruptedException {
    assertThat(call("/status/302")).isEqualTo(Answer.status(302));
    assertThat(requests).hasSize(1);
  }

  @Test
  void addsNoContentTypeOfItsOwn() throws InterruptedException {
    call("/headers");

    assertThat(requests.getFirst()).doesNotContain("Content-type").contains("User-agent=[Google");
  }

  @Test
  void sendsEmptyHeadersAndSkipsThoseTheClientOwns() throws InterruptedException {
    Answer answer =
        dispatcher.call(
            dispatch(
                url("/headers"),
                Map.of("X-CloudTasks-TaskRetryReason", "", "Connection", "close", "X-A", "b")));

    assertThat(answer).isEqualTo(Answer.status(200));
    assertThat(requests.getFirst()).contains("X-cloudtasks-taskretryreason=[]", "X-a=[b]");
  }

  @Test
  void saysWhyNobodyAnswered() throws InterruptedException {
    server.stop(0);

    assertThat(call("/status/200"))
        .isInstanceOfSatisfying(
            Answer.NoResponse.class, gone -> assertThat(gone.cause()).contains("Connect"));
    assertThat(dispatcher.call(dispatch("http://127.0.0.1/%zz", Map.of())))
        .isInstanceOfSatisfying(
            Answer.NoResponse.class, gone -> assertThat(gone.cause()).contains("cannot be sent"));
  }

  private Answer call(String path) throws InterruptedException {
    return dispatcher.call(dispatch(url(path.replace(" ", "%20")), Map.of("User-Agent", "Google")));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Dispatch dispatch(String url, Map<String, String> headers) {
    HttpCall call =
        new HttpCall(
            url,
            HttpMethod.POST,
            Map.of(),
            Payload.of("body".getBytes(StandardCharsets.UTF_8)),
            new Authorization.None());
    // Only what never answers is given little time: this machine may be slow.
    boolean neverAnswers = url.endsWith("/silent") || url.endsWith("/trickle");
    Duration deadline = neverAnswers ? Duration.ofMillis(400) : Duration.ofSeconds(20);
    return new Dispatch(1, TASK, call, headers, NOW, deadline);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestHeaders().entrySet().toString());
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      switch (path[1]) {
        case "status" -> exchange.sendResponseHeaders(Integer.parseInt(path[2]), -1);
        case "busy" -> {
          exchange.getResponseHeaders().set("Retry-After", path[2]);
          exchange.sendResponseHeaders(503, -1);
        }
        case "silent" -> never.await();
        case "trickle" -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          never.await();
        }
        default -> exchange.sendResponseHeaders(200, -1);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
