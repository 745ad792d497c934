package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.twofold.localstack.process.ProcessEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The official emulators as processes, with the topology that Terraform deploys. */
class OfficialEmulatorsIT {
  private static final String TOPICS = "/v1/projects/twofold-local/topics";
  private static final String SUBSCRIPTIONS = "/v1/projects/twofold-local/subscriptions";

  @TempDir Path folder;
  private final BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final Ports ports = Ports.free();
  private HttpServer sync;
  private LocalStack stack;

  @BeforeEach
  void startEmulators() throws Exception {
    sync = startSync();
    stack = start(Map.of("TWOFOLD_PUSH", "emulator"));
  }

  private HttpServer startSync() throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), ports.of(Part.SYNC)),
            0);
    server.createContext(
        "/notices",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          pushes.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private LocalStack start(Map<String, String> environment) throws InterruptedException {
    Path root = Path.of(System.getProperty("twofold.root"));
    return LocalStack.start(
        StackPlan.whole(root, ports, environment).only(Part.PUBSUB, Part.FIRESTORE).in(folder),
        new StackListener() {
          @Override
          public void note(String line) {
            notes.add(line);
          }

          @Override
          public void process(ProcessEvent event) {}
        });
  }

  @AfterEach
  void stopEmulators() {
    stack.close();
    sync.stop(0);
  }

  @Test
  void makesTopicsSubscriptionsAndPushesToSync() throws Exception {
    JsonNode push = get(SUBSCRIPTIONS + "/twofold-notices-push");

    assertThat(push.path("pushConfig").path("pushEndpoint").asString())
        .isEqualTo(ports.url(Part.SYNC) + "/notices");
    assertThat(push.path("ackDeadlineSeconds").asInt()).isEqualTo(60);
    assertThat(push.path("deadLetterPolicy").path("maxDeliveryAttempts").asInt()).isEqualTo(100);
    assertThat(get(SUBSCRIPTIONS + "/twofold-dead-letters-kept").path("topic").asString())
        .endsWith("/topics/twofold-dead-letters");
    assertThat(publishAndAwait("hello")).contains(base64("hello"));
  }

  /** With the topology's retry policy the emulator forgets these messages. */
  @Test
  void repeatsWhatCameWhileSyncWasAway() throws Exception {
    sync.stop(0);
    List<String> texts = IntStream.range(0, 10).mapToObj(i -> "message-" + i).toList();
    for (String text : texts) {
      publish(text);
    }
    awaitRefusals(2 * texts.size());

    sync = startSync();

    Set<String> missing = new HashSet<>(texts);
    while (!missing.isEmpty()) {
      String push = pushes.poll(30, TimeUnit.SECONDS);
      assertThat(push).as("a push; still missing: %s", missing).isNotNull();
      missing.removeIf(text -> push != null && push.contains(base64(text)));
    }
  }

  private void awaitRefusals(int count) throws IOException {
    Path log = folder.resolve("logs/pubsub.log");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (Files.readString(log).split("Failed to push", -1).length <= count) {
      assertThat(System.nanoTime()).as("refused pushes in " + log).isLessThan(deadline);
    }
  }

  @Test
  void makesTheTopicsAgainWhenTheEmulatorDies() throws Exception {
    stack.kill(Part.PUBSUB);

    String note = "";
    while (!note.startsWith("Topics and subscriptions were made again")) {
      note = Objects.requireNonNull(notes.poll(30, TimeUnit.SECONDS), "topics not made again");
    }
    assertThat(stack.starts(Part.PUBSUB)).isEqualTo(2);
    assertThat(publishAndAwait("after the crash")).contains(base64("after the crash"));
  }

  @Test
  void turnsPushesOfAnEmulatorThatIsGiven() throws Exception {
    Ports others = Ports.free();
    Map<String, String> environment =
        Map.of("PUBSUB_EMULATOR_HOST", ports.hostAndPort(Part.PUBSUB), "TWOFOLD_PUSH", "emulator");
    Path root = Path.of(System.getProperty("twofold.root"));
    StackPlan plan =
        StackPlan.whole(root, others, environment).only(Part.PUBSUB).in(folder.resolve("other"));

    try (LocalStack other = LocalStack.start(plan, StackListener.silent())) {
      assertThat(other.addresses().of(Part.PUBSUB)).isEqualTo(ports.hostAndPort(Part.PUBSUB));
    }

    assertThat(
            get(SUBSCRIPTIONS + "/twofold-notices-push")
                .path("pushConfig")
                .path("pushEndpoint")
                .asString())
        .isEqualTo(others.url(Part.SYNC) + "/notices");
  }

  @Test
  void turnsPushesOffWhereOurOwnPumpPushes() throws Exception {
    Map<String, String> environment =
        Map.of("PUBSUB_EMULATOR_HOST", ports.hostAndPort(Part.PUBSUB));
    Path root = Path.of(System.getProperty("twofold.root"));
    StackPlan plan =
        StackPlan.whole(root, ports, environment).only(Part.PUBSUB).in(folder.resolve("other"));

    try (LocalStack other = LocalStack.start(plan, StackListener.silent())) {
      assertThat(
              get(SUBSCRIPTIONS + "/twofold-notices-push")
                  .path("pushConfig")
                  .path("pushEndpoint")
                  .isMissingNode())
          .isTrue();
      assertThat(publishAndAwait("pumped")).contains("deliveryAttempt").contains(base64("pumped"));
      assertThat(other.pushes().orElseThrow().refused()).isZero();
    }
  }

  @Test
  void answersFromFirestore() throws Exception {
    String documents =
        stack.addresses().url(Part.FIRESTORE)
            + "/v1/projects/twofold-local/databases/(default)/documents/tenants?documentId=main";

    LoopbackHttp.Answer made = stack.http().send("POST", documents, "{\"fields\": {}}");

    assertThat(made.status()).isEqualTo(200);
  }

  @Test
  void leavesNoProcessBehind() throws IOException {
    stack.close();

    ports.checkFree(EnumSet.of(Part.PUBSUB, Part.FIRESTORE));
  }

  private String publishAndAwait(String text) throws Exception {
    publish(text);
    return Objects.requireNonNull(pushes.poll(20, TimeUnit.SECONDS), "nothing was pushed");
  }

  private void publish(String text) throws InterruptedException {
    String message = "{\"messages\": [{\"data\": \"" + base64(text) + "\"}]}";
    stack.http().send("POST", topicUrl(), message).json("publish");
  }

  private String topicUrl() {
    return stack.addresses().url(Part.PUBSUB) + TOPICS + "/twofold-notices:publish";
  }

  private JsonNode get(String path) throws InterruptedException {
    return stack.http().get(stack.addresses().url(Part.PUBSUB) + path).json(path);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
