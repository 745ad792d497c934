package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Simulators, ingest-service as a process and Pub/Sub, up to where sync-service would listen. */
class IntakeChainIT {
  @TempDir Path folder;
  private final BlockingQueue<JsonNode> pushes = new LinkedBlockingQueue<>();
  private final Ports ports = Ports.free();
  private HttpServer sync;
  private LocalStack stack;

  @BeforeEach
  void startAllButSync() throws Exception {
    sync =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), ports.of(Part.SYNC)),
            0);
    sync.createContext(
        "/notices",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          pushes.add(Topology.JSON.readTree(body));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    sync.start();
    Path root = Path.of(System.getProperty("twofold.root"));
    stack =
        LocalStack.start(
            StackPlan.whole(root, ports, Map.of())
                .only(Part.PUBSUB, Part.HUBSPOT, Part.STRIPE, Part.CLOUD_TASKS, Part.INGEST)
                .in(folder),
            StackListener.silent());
  }

  @AfterEach
  void stopAll() {
    stack.close();
    sync.stop(0);
  }

  @Test
  void bringsWhatHappensOnBothSidesToSyncAlsoAfterACrash() throws Exception {
    enter(Part.HUBSPOT, "contacts", "{\"properties\": {\"email\": \"ada@example.com\"}}");
    assertThat(nextNotice()).isEqualTo("dev.twofold.hubspot.delivery of main: ada@example.com");

    enter(Part.STRIPE, "customers", "{\"parameters\": {\"email\": \"bela@example.com\"}}");
    assertThat(nextNotice()).isEqualTo("dev.twofold.stripe.delivery of main: bela@example.com");

    stack.kill(Part.INGEST);
    enter(Part.STRIPE, "customers", "{\"parameters\": {\"email\": \"carla@example.com\"}}");
    assertThat(nextNotice()).isEqualTo("dev.twofold.stripe.delivery of main: carla@example.com");
    assertThat(stack.starts(Part.INGEST)).isEqualTo(2);
  }

  @Test
  void hasTheQueuesOfTheTopologyForTheTenant() throws Exception {
    JsonNode queues =
        stack
            .http()
            .get(
                stack.addresses().url(Part.CLOUD_TASKS)
                    + "/v2/projects/twofold-local/locations/europe-west1/queues")
            .json("queues");

    assertThat(queues.path("queues").values().stream().map(queue -> queue.path("name").asString()))
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder("main-hubspot", "main-stripe-bulk", "main-stripe-express");
    assertThat(
            new QueueDepth(stack.http(), stack.addresses(), StackSettings.from(Map.of())).tasks())
        .isZero();
  }

  private void enter(Part side, String what, String body) throws InterruptedException {
    String url = stack.addresses().of(side) + "/_simulator/" + what;
    stack.http().send("POST", url, body).json(url);
  }

  /** Type, tenant and whose address the next delivery is about. */
  private String nextNotice() throws InterruptedException {
    JsonNode message =
        Objects.requireNonNull(pushes.poll(60, TimeUnit.SECONDS), "no push").path("message");
    String data =
        new String(
            Base64.getDecoder().decode(message.path("data").asString()), StandardCharsets.UTF_8);
    String email = data.replaceAll("(?s).*\"([a-z]+@example\\.com)\".*", "$1");
    JsonNode attributes = message.path("attributes");
    return "%s of %s: %s"
        .formatted(
            attributes.path("ce-type").asString(), attributes.path("tenant").asString(), email);
  }
}
