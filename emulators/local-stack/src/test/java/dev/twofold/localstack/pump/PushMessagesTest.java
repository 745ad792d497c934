package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PushMessagesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SUBSCRIPTION = "projects/local/subscriptions/notices-push";
  private static final PulledMessage MESSAGE =
      new PulledMessage(
          "a1",
          1,
          (ObjectNode)
              JSON.readTree(
                  """
                  {"data": "eA==", "attributes": {"tenant": "main"}, "messageId": "7",
                   "publishTime": "2026-11-21T11:41:02.664Z", "orderingKey": "k"}
                  """));

  @Test
  void wrapsAMessageWithBothSpellings() {
    assertThat(JSON.readTree(PushMessages.wrapped(MESSAGE, SUBSCRIPTION, 3)))
        .isEqualTo(
            JSON.readTree(
                """
                {"message": {"data": "eA==", "attributes": {"tenant": "main"},
                  "messageId": "7", "message_id": "7", "orderingKey": "k",
                  "publishTime": "2026-11-21T11:41:02.664Z",
                  "publish_time": "2026-11-21T11:41:02.664Z"},
                 "subscription": "projects/local/subscriptions/notices-push",
                 "deliveryAttempt": 3}
                """));
  }

  @Test
  void saysWhereADeadLetterIsFrom() {
    assertThat(JSON.readTree(PushMessages.deadLetter(MESSAGE, SUBSCRIPTION, 100)))
        .isEqualTo(
            JSON.readTree(
                """
                {"messages": [{"data": "eA==", "orderingKey": "k", "attributes": {
                  "tenant": "main",
                  "CloudPubSubDeadLetterSourceDeliveryCount": "100",
                  "CloudPubSubDeadLetterSourceSubscription": "notices-push",
                  "CloudPubSubDeadLetterSourceSubscriptionProject": "local",
                  "CloudPubSubDeadLetterSourceTopicPublishTime": "2026-11-21T11:41:02.664Z"}}]}
                """));
  }
}
