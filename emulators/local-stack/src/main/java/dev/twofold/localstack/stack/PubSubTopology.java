package dev.twofold.localstack.stack;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes topic, dead-letter topic and subscriptions in the Pub/Sub emulator through its REST API.
 * What is there already stays, except that pushes are turned to the address given: an emulator that
 * was started elsewhere may remember another.
 */
public final class PubSubTopology {
  private static final int HTTP_CONFLICT = 409;

  private final LoopbackHttp http;
  private final String api;
  private final String project;

  /** Talks to the emulator at that host and port. */
  public PubSubTopology(LoopbackHttp http, String hostAndPort, String project) {
    this.http = http;
    this.api = "http://" + hostAndPort + "/v1/";
    this.project = project;
  }

  /** Makes everything the topology names; {@code pushBase} is where sync-service listens. */
  public void create(Topology topology, String pushBase) throws InterruptedException {
    put(topicName(topology.topic()), Topology.JSON.createObjectNode());
    put(topicName(topology.deadLetterTopic()), Topology.JSON.createObjectNode());
    put(
        subscriptionName(topology.deadLetterSubscription()),
        Topology.JSON.createObjectNode().put("topic", topicName(topology.deadLetterTopic())));
    ObjectNode body = topology.subscriptionBody(project, pushBase);
    // The emulator (0.8.20) forgets refused messages of a subscription with a retry policy: of
    // eleven refused twice, none came again within a minute. Without one it repeats each second.
    body.remove("retryPolicy");
    String subscription = subscriptionName(topology.subscriptionName());
    if (!put(subscription, body)) {
      turnPushes(subscription, body.path("pushConfig"));
    }
  }

  private void turnPushes(String subscription, JsonNode pushConfig) throws InterruptedException {
    ObjectNode change = Topology.JSON.createObjectNode();
    change.set("pushConfig", pushConfig);
    String url = api + subscription + ":modifyPushConfig";
    http.send("POST", url, change.toString()).json("POST " + url);
  }

  /** False when it was there already. */
  private boolean put(String name, ObjectNode body) throws InterruptedException {
    LoopbackHttp.Answer answer = http.send("PUT", api + name, body.toString());
    if (answer.status() == HTTP_CONFLICT) {
      return false;
    }
    answer.json("PUT " + api + name);
    return true;
  }

  private String topicName(String id) {
    return "projects/%s/topics/%s".formatted(project, id);
  }

  private String subscriptionName(String id) {
    return "projects/%s/subscriptions/%s".formatted(project, id);
  }
}
