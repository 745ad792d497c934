package dev.twofold.localstack.stack;

import dev.twofold.localstack.pump.PumpSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code terraform/topology.json}, which Terraform reads too, so that what runs here is what is
 * deployed: topic, dead-letter topic, push subscription with its retry policy, queues.
 */
public final class Topology {
  static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the service takes where the topology says nothing. */
  private static final int ACK_SECONDS = 10;

  private static final int ATTEMPTS = 5;

  private final Path file;
  private final JsonNode content;

  private Topology(Path file, JsonNode content) {
    this.file = file;
    this.content = content;
  }

  /** Reads it; refuses a file that lacks what the stack needs. */
  public static Topology read(Path file) {
    try {
      Topology topology = new Topology(file, JSON.readTree(Files.readString(file)));
      topology.text("topic");
      topology.text("deadLetterTopic");
      topology.subscriptionName();
      topology.pushPath();
      return topology;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  Path file() {
    return file;
  }

  String topic() {
    return text("topic");
  }

  String deadLetterTopic() {
    return text("deadLetterTopic");
  }

  /** Without a subscription of its own a dead-letter topic keeps nothing. */
  String deadLetterSubscription() {
    return deadLetterTopic() + "-kept";
  }

  String subscriptionName() {
    return text("subscription", "name");
  }

  private String pushPath() {
    return text("subscription", "pushPath");
  }

  /** The names of the queues, without the tenant before them. */
  public List<String> queues() {
    return List.copyOf(content.path("queues").propertyNames());
  }

  /** The limit of calls a second for a side, {@code hubspot} or {@code stripe}. */
  public int limit(String side) {
    JsonNode limit = content.path("limits").path(side);
    if (!limit.isInt()) {
      throw missing("limits." + side);
    }
    return limit.intValue();
  }

  /** The subscription as the Pub/Sub REST API takes it. */
  ObjectNode subscriptionBody(String project, String pushBase) {
    ObjectNode body = (ObjectNode) content.path("subscription").deepCopy();
    body.remove("name");
    body.remove("pushPath");
    body.put("topic", "projects/%s/topics/%s".formatted(project, topic()));
    body.putObject("pushConfig").put("pushEndpoint", pushBase + pushPath());
    if (body.path("deadLetterPolicy") instanceof ObjectNode policy) {
      policy.put("deadLetterTopic", "projects/%s/topics/%s".formatted(project, deadLetterTopic()));
    }
    return body;
  }

  /** How the subscription's messages are pushed to an endpoint below that address. */
  PumpSettings pumpSettings(String pushBase) {
    JsonNode subscription = content.path("subscription");
    JsonNode retry = subscription.path("retryPolicy");
    return new PumpSettings(
        pushBase + pushPath(),
        Duration.ofSeconds(subscription.path("ackDeadlineSeconds").asInt(ACK_SECONDS)),
        seconds(retry.path("minimumBackoff").asString("10s")),
        seconds(retry.path("maximumBackoff").asString("600s")),
        subscription.path("deadLetterPolicy").path("maxDeliveryAttempts").asInt(ATTEMPTS));
  }

  /** Durations are written as JSON writes them in Google's APIs: {@code 1.5s}. */
  private static Duration seconds(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private String text(String... path) {
    JsonNode node = content;
    for (String step : path) {
      node = node.path(step);
    }
    if (!node.isString() || node.stringValue().isBlank()) {
      throw missing(String.join(".", path));
    }
    return node.stringValue();
  }

  private StackProblem missing(String what) {
    return new StackProblem("%s lacks '%s'".formatted(file, what));
  }
}
