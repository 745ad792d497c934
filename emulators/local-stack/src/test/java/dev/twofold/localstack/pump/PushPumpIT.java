package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.Ports;
import dev.twofold.localstack.stack.StackListener;
import dev.twofold.localstack.stack.StackPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pump between the official emulator and an endpoint. */
class PushPumpIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PROJECT = "projects/twofold-local/";

  @TempDir Path folder;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Ports ports = Ports.free();
  private volatile IntSupplier answer = () -> 204;
  private HttpServer endpoint;
  private LocalStack emulator;

  private record Received(JsonNode body, String authorization, long at) {}

  @BeforeEach
  void start() throws Exception {
    endpoint =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    endpoint.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    endpoint.createContext("/notices", this::receive);
    endpoint.start();
    // The emulator alone pushes nothing: its subscription is one to pull from.
    emulator =
        LocalStack.start(
            StackPlan.whole(
                    Path.of(System.getProperty("twofold.root")),
                    ports,
                    Map.of("TWOFOLD_PUSH", "emulator"))
                .only(Part.PUBSUB)
                .in(folder),
            StackListener.silent());
    put("topics/pumped");
    put("topics/pumped-dead");
    put("subscriptions/pumped-pull", "pumped");
    put("subscriptions/pumped-dead-kept", "pumped-dead");
  }

  @AfterEach
  void stop() {
    emulator.close();
    endpoint.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    received.add(
        new Received(body, Objects.requireNonNullElse(authorization, ""), System.nanoTime()));
    exchange.sendResponseHeaders(answer.getAsInt(), -1);
    exchange.close();
  }

  @Test
  void pushesWrappedMessagesWithATokenAndAcknowledgesThem() throws Exception {
    try (PushPump pump = pump(5, Bearer.signedBy(() -> "signed"))) {
      publish("eA==");

      Received push = next();
      assertThat(push.authorization()).isEqualTo("Bearer signed");
      assertThat(push.body().path("subscription").asString())
          .isEqualTo(PROJECT + "subscriptions/pumped-pull");
      assertThat(push.body().path("message").path("data").asString()).isEqualTo("eA==");
      assertThat(push.body().path("deliveryAttempt").asInt()).isEqualTo(1);
      publish("eQ==");
      assertThat(next().body().path("message").path("data").asString()).isEqualTo("eQ==");
      assertThat(pump.counts().refused()).isZero();
    }
  }

  @Test
  void repeatsARefusedMessageAndThenPutsItAway() throws Exception {
    answer = () -> 503;
    try (PushPump pump = pump(5, Bearer.none())) {
      publish("eA==");

      List<Received> pushes = new ArrayList<>();
      for (int attempt = 1; attempt <= 5; attempt++) {
        Received push = next();
        assertThat(push.body().path("deliveryAttempt").asInt()).isEqualTo(attempt);
        pushes.add(push);
      }
      long second = pushes.get(1).at() - pushes.get(0).at();
      long fifth = pushes.get(4).at() - pushes.get(3).at();
      assertThat(Duration.ofNanos(second)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
      assertThat(Duration.ofNanos(fifth)).isGreaterThanOrEqualTo(Duration.ofMillis(800));
      JsonNode letter = pull("pumped-dead-kept").path("message");
      assertThat(letter.path("data").asString()).isEqualTo("eA==");
      JsonNode attributes = letter.path("attributes");
      assertThat(attributes.path("tenant").asString()).isEqualTo("main");
      assertThat(attributes.path("CloudPubSubDeadLetterSourceDeliveryCount").asString())
          .isEqualTo("5");
      assertThat(pump.counts().refused()).isEqualTo(5);
    }
  }

  @Test
  void keepsMoreThanTwoPushesInFlightAndLosesNone() throws Exception {
    CountDownLatch together = new CountDownLatch(5);
    answer =
        () -> {
          together.countDown();
          try {
            return together.await(20, TimeUnit.SECONDS) ? 204 : 500;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 500;
          }
        };
    Set<String> missing = new HashSet<>();
    for (int message = 0; message < 200; message++) {
      missing.add(publish("eA=="));
    }

    try (PushPump pump = pump(5, Bearer.none())) {
      while (!missing.isEmpty()) {
        missing.remove(next().body().path("message").path("messageId").asString());
      }
      assertThat(pump.counts().refused()).isZero();
      assertThat(pump.counts().window()).isGreaterThan(PushWindow.FIRST);
    }
  }

  private PushPump pump(int attempts, Bearer bearer) {
    return PushPump.start(
        new PushPump.Source(
            emulator.addresses().url(Part.PUBSUB),
            PROJECT + "subscriptions/pumped-pull",
            PROJECT + "topics/pumped-dead"),
        new PumpSettings(
            "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/notices",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            attempts),
        bearer,
        System.out::println);
  }

  private Received next() throws InterruptedException {
    return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "nothing was pushed");
  }

  private String publish(String data) throws InterruptedException {
    return send(
            "POST",
            "topics/pumped:publish",
            "{\"messages\": [{\"data\": \"%s\", \"attributes\": {\"tenant\": \"main\"}}]}"
                .formatted(data))
        .path("messageIds")
        .path(0)
        .asString();
  }

  private JsonNode pull(String subscription) throws InterruptedException {
    return send("POST", "subscriptions/" + subscription + ":pull", "{\"maxMessages\": 1}")
        .path("receivedMessages")
        .path(0);
  }

  private void put(String topic) throws InterruptedException {
    send("PUT", topic, "{}");
  }

  private void put(String subscription, String topic) throws InterruptedException {
    send("PUT", subscription, "{\"topic\": \"%stopics/%s\"}".formatted(PROJECT, topic));
  }

  private JsonNode send(String method, String path, String body) throws InterruptedException {
    String url = emulator.addresses().url(Part.PUBSUB) + "/v1/" + PROJECT + path;
    return emulator.http().send(method, url, body).json(path);
  }
}
