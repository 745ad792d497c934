package dev.twofold.cloudtasks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The refusals of malformed requests, in the words recorded from the real service. */
class NamesTest {

  private static final String QUEUE = "projects/p/locations/l/queues/q";

  @Test
  void readsAndWritesResourceNames() {
    assertThat(QueueName.parse(QUEUE).path()).isEqualTo(QUEUE);
    assertThat(TaskName.parse(QUEUE + "/tasks/a_B-9").path()).isEqualTo(QUEUE + "/tasks/a_B-9");
  }

  @Test
  void explainsAMalformedQueueNameWithALink() {
    assertThatThrownBy(() -> QueueName.parse("projects/p/locations/l/queues/under_score"))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.help().orElseThrow().description())
                    .isEqualTo("Definition of queue name"))
        .hasMessage(
            "Queue name must be formatted:"
                + " \"projects/<PROJECT_ID>/locations/<LOCATION_ID>/queues/<QUEUE_ID>\".");
  }

  @Test
  void deniesAParentThatIsNoLocation() {
    assertThatThrownBy(() -> LocationName.parse("not-a-valid-parent"))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(RequestRefused.Reason.PERMISSION_DENIED))
        .hasMessage("Permission denied on resource project not-a-valid-parent.");
  }

  @Test
  void namesAMalformedTaskId() {
    assertThatThrownBy(() -> TaskName.parse(QUEUE + "/tasks/not a valid id"))
        .hasMessage(
            "Task ID \"not a valid id\" can contain only letters ([A-Za-z]), numbers ([0-9]),"
                + " hyphens (-), or underscores (_). Task ID must between 1 and 500 characters.");
  }

  @Test
  void refusesATaskNamedForAnotherQueue() {
    assertThatThrownBy(() -> TaskName.parse(QueueName.parse(QUEUE), QUEUE + "-other/tasks/t"))
        .hasMessage(
            "The queue name from request ('"
                + QUEUE
                + "') must be the same as the queue name in the named task ('"
                + QUEUE
                + "-other').");
  }

  @Test
  void refusesLimitsOutOfRange() {
    assertThatThrownBy(() -> new RateLimits(-1, 0, 0))
        .hasMessage("RateLimits.maxDispatchesPerSecond cannot be negative.");
    assertThatThrownBy(() -> new RateLimits(501, 0, 0))
        .hasMessage("RateLimits.maxDispatchesPerSecond must be less than or equal to 500.");
    assertThatThrownBy(() -> new RateLimits(0, -1, 0))
        .hasMessage("RateLimits.maxConcurrentDispatches cannot be negative.");
    assertThatThrownBy(() -> new RateLimits(0, 5001, 0))
        .hasMessage("RateLimits.maxConcurrentDispatches must be less than or equal to 5000.");
  }

  @Test
  void derivesTheBurstFromTheRateUnlessOneIsSet() {
    assertThat(new RateLimits(0.25, 0, 0).burst(0)).isEqualTo(10);
    assertThat(new RateLimits(15, 0, 0).burst(0)).isEqualTo(10);
    assertThat(new RateLimits(100, 0, 0).burst(0)).isEqualTo(20);
    assertThat(new RateLimits(500, 0, 0).burst(0)).isEqualTo(100);
    assertThat(new RateLimits(500, 0, 0).burst(7)).isEqualTo(7);
    assertThat(new RateLimits(500, 0, 3).burst(7)).isEqualTo(3);
  }

  @Test
  void refusesTargetsThatAreNotHttp() {
    assertThatThrownBy(() -> HttpCall.post("", Payload.EMPTY))
        .hasMessage("HttpRequest.url is required.");
    assertThatThrownBy(() -> HttpCall.post("example.com/x", Payload.EMPTY))
        .hasMessage("HttpTarget.url must start with 'http://' or 'https://'.");
    assertThatThrownBy(() -> HttpCall.post("ftp://example.com/x", Payload.EMPTY))
        .hasMessage("HttpTarget.url must start with 'http://' or 'https://'.");
    assertThat(HttpCall.post("https://example.com/%zz", Payload.EMPTY).url()).endsWith("%zz");
  }

  @Test
  void refusesABodyWhereTheMethodCarriesNone() {
    assertThatThrownBy(() ->
            new HttpCall(
                "http://x/",
                HttpMethod.GET,
                Map.of(),
                Payload.of(new byte[1]),
                new Authorization.None()))
        .hasMessage("HTTP request body is only allowed if the HTTP method is POST, PUT, or PATCH.");
  }

  @Test
  void refusesDeadlinesOutOfRange() {
    HttpCall call = HttpCall.post("http://x/", Payload.EMPTY);

    assertThatThrownBy(() -> new NewTask(null, call, null, Duration.ofSeconds(14)))
        .hasMessage("Task.dispatchDeadline must be between [15s, 30m].");
    assertThatThrownBy(() -> new NewTask(null, call, null, Duration.ofMinutes(31)))
        .hasMessage("Task.dispatchDeadline must be between [15s, 30m].");
  }
}
