package dev.twofold.localstack.pump;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of the Pub/Sub REST API that a subscriber makes. An answer that is an error, or none,
 * is an {@link IOException} with what was asked.
 */
final class PubSubRest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration WITHIN = Duration.ofSeconds(20);

  /** A pull waits at the server until there is something, or it has waited long enough. */
  private static final Duration PULL_WITHIN = Duration.ofMinutes(3);

  private static final int HTTP_OK = 200;

  private final HttpClient client;
  private final String api;
  private final String subscription;

  /**
   * Talks about one subscription.
   *
   * @param server the emulator's address with its scheme
   * @param subscription its full name
   */
  PubSubRest(HttpClient client, String server, String subscription) {
    this.client = client;
    this.api = server + "/v1/";
    this.subscription = subscription;
  }

  /** Waits for messages; none when there were none for a while. */
  List<PulledMessage> pull(int most) throws IOException, InterruptedException {
    String request = JSON.createObjectNode().put("maxMessages", most).toString();
    JsonNode answer = post(subscription + ":pull", request, PULL_WITHIN);
    List<PulledMessage> pulled = new ArrayList<>();
    for (JsonNode received : answer.path("receivedMessages")) {
      if (!(received.path("message") instanceof ObjectNode message)) {
        throw new IOException("expected a message in every received message");
      }
      int attempt = Math.max(1, received.path("deliveryAttempt").asInt(1));
      pulled.add(new PulledMessage(received.path("ackId").asString(""), attempt, message));
    }
    return pulled;
  }

  void acknowledge(List<String> ackIds) throws IOException, InterruptedException {
    post(subscription + ":acknowledge", ids(ackIds).toString(), WITHIN);
  }

  /** Gives the deliveries that long from now. */
  void moveDeadline(List<String> ackIds, Duration deadline)
      throws IOException, InterruptedException {
    ObjectNode request = ids(ackIds).put("ackDeadlineSeconds", deadline.toSeconds());
    post(subscription + ":modifyAckDeadline", request.toString(), WITHIN);
  }

  /** Publishes to a topic by its full name. */
  void publish(String topic, String request) throws IOException, InterruptedException {
    post(topic + ":publish", request, WITHIN);
  }

  private static ObjectNode ids(List<String> ackIds) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode ids = request.putArray("ackIds");
    ackIds.forEach(ids::add);
    return request;
  }

  private JsonNode post(String path, String body, Duration within)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(within)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != HTTP_OK) {
      throw new IOException(
          "POST %s answered HTTP %d".formatted(request.uri(), answer.statusCode()));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("POST %s did not answer JSON".formatted(request.uri()), e);
    }
  }
}
