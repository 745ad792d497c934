package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.localstack.pump.PumpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TopologyTest {
  private static final String CONTENT =
      """
      {"topic": "notices", "deadLetterTopic": "dead",
       "subscription": {"name": "notices-push", "ackDeadlineSeconds": 60, "pushPath": "/notices",
         "retryPolicy": {"minimumBackoff": "1s"}, "deadLetterPolicy": {"maxDeliveryAttempts": 100}},
       "limits": {"hubspot": 15, "stripe": 100},
       "queues": {"hubspot": {}, "stripe-bulk": {}}}
      """;

  @TempDir Path folder;

  @Test
  void turnsTheSubscriptionIntoWhatTheApiTakes() throws IOException {
    JsonNode body = topology(CONTENT).subscriptionBody("local", "http://127.0.0.1:8081");

    assertThat(body)
        .isEqualTo(
            Topology.JSON.readTree(
                """
                {"ackDeadlineSeconds": 60, "retryPolicy": {"minimumBackoff": "1s"},
                 "topic": "projects/local/topics/notices",
                 "pushConfig": {"pushEndpoint": "http://127.0.0.1:8081/notices"},
                 "deadLetterPolicy": {"maxDeliveryAttempts": 100,
                   "deadLetterTopic": "projects/local/topics/dead"}}
                """));
  }

  @Test
  void namesQueuesAndLimits() throws IOException {
    Topology topology = topology(CONTENT);

    assertThat(topology.queues()).containsExactly("hubspot", "stripe-bulk");
    assertThat(topology.limit("hubspot")).isEqualTo(15);
    assertThat(topology.deadLetterSubscription()).isEqualTo("dead-kept");
  }

  @Test
  void saysHowTheSubscriptionIsPushed() throws IOException {
    PumpSettings settings = topology(CONTENT).pumpSettings("http://127.0.0.1:8081");

    assertThat(settings)
        .isEqualTo(
            new PumpSettings(
                "http://127.0.0.1:8081/notices",
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(600),
                100));
  }

  @Test
  void namesWhatAFileLacks() {
    assertThatThrownBy(() -> topology("{\"topic\": \"notices\"}"))
        .isInstanceOf(StackProblem.class)
        .hasMessageContaining("lacks 'deadLetterTopic'");
  }

  private Topology topology(String content) throws IOException {
    return Topology.read(Files.writeString(folder.resolve("topology.json"), content));
  }
}
