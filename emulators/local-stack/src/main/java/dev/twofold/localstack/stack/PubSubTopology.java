package dev.twofold.localstack.stack;

import dev.twofold.localstack.pump.PushPump;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes topic, dead-letter topic and subscriptions in the Pub/Sub emulator through its REST API.
 * What is there already stays, except that pushes are turned to the address given, or off where our
 * own pump pushes: an emulator that was started elsewhere may remember another.
 */
final class PubSubTopology {
  private static final int HTTP_CONFLICT = 409;

  private final LoopbackHttp http;
  private final String api;
  private final String project;

  /** Talks to the emulator at that host and port. */
  PubSubTopology(LoopbackHttp http, String hostAndPort, String project) {
    this.http = http;
    this.api = "http://" + hostAndPort + "/v1/";
    this.project = project;
  }

  /**
   * Makes everything the topology names.
   *
   * @param pushBase where sync-service listens
   * @param pusher who pushes; the emulator is only pulled from where it is not the one
   */
  void create(Topology topology, String pushBase, Pusher pusher) throws InterruptedException {
    put(topicName(topology.topic()), Topology.JSON.createObjectNode());
    put(topicName(topology.deadLetterTopic()), Topology.JSON.createObjectNode());
    put(
        subscriptionName(topology.deadLetterSubscription()),
        Topology.JSON.createObjectNode().put("topic", topicName(topology.deadLetterTopic())));
    ObjectNode body = topology.subscriptionBody(project, pushBase);
    // The emulator (0.8.20) forgets refused messages of a subscription with a retry policy: of
    // eleven refused twice, none came again within a minute. Without one it repeats each second.
    body.remove("retryPolicy");
    if (pusher != Pusher.EMULATOR) {
      body.putObject("pushConfig");
    }
    String subscription = subscriptionName(topology.subscriptionName());
    if (!put(subscription, body)) {
      turnPushes(subscription, body.path("pushConfig"));
    }
  }

  /** Where a pump pulls from. */
  PushPump.Source source(Topology topology, String server) {
    return new PushPump.Source(
        server,
        subscriptionName(topology.subscriptionName()),
        topicName(topology.deadLetterTopic()));
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
