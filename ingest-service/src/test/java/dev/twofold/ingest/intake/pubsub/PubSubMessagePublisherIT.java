package dev.twofold.ingest.intake.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twofold.ingest.intake.DeliveryMessage;
import dev.twofold.ingest.intake.IntakeSettings.PubSubSettings;
import dev.twofold.ingest.intake.MessagePublisher.PublishOutcome;
import dev.twofold.ingest.intake.MessagePublisher.PublishOutcome.Acknowledged;
import dev.twofold.ingest.intake.MessagePublisher.PublishOutcome.Unacknowledged;
import dev.twofold.ingest.intake.Provider;
import dev.twofold.ingest.intake.RawBody;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PubSubMessagePublisherIT {

  private static final Duration WITHIN = Duration.ofMillis(800);

  /** What scheduling on a busy machine may add to a bound. */
  private static final Duration SLACK = Duration.ofMillis(700);

  @Test
  void publishesBytesAndAttributesAndTellsTheirId() throws Exception {
    byte[] body = {'[', 0, (byte) 0xff, '\n', ' '};
    try (FakePubSub pubsub = FakePubSub.start();
        PubSubMessagePublisher publisher = publisher(pubsub.address())) {
      PublishOutcome outcome = publisher.publish(message(body), Duration.ofSeconds(5));

      assertThat(outcome).isEqualTo(new Acknowledged("fake-0"));
      assertThat(pubsub.messages()).hasSize(1);
      assertThat(pubsub.messages().getFirst().getData().toByteArray()).isEqualTo(body);
      assertThat(pubsub.messages().getFirst().getAttributesMap())
          .isEqualTo(message(body).attributes());
      assertThat(pubsub.topics())
          .isEqualTo(List.of("projects/twofold-local/topics/twofold-notices"));
    }
  }

  @Test
  void publishesManyAtATime() throws Exception {
    try (FakePubSub pubsub = FakePubSub.start();
        PubSubMessagePublisher publisher = publisher(pubsub.address());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PublishOutcome>> outcomes =
          IntStream.range(0, 500)
              .mapToObj(index ->
                  threads.submit(() ->
                      publisher.publish(
                          message(Integer.toString(index).getBytes(StandardCharsets.UTF_8)),
                          Duration.ofSeconds(10))))
              .toList();

      for (Future<PublishOutcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Acknowledged.class);
      }
      assertThat(pubsub.messages().stream().map(sent -> sent.getData().toStringUtf8()).distinct())
          .hasSize(500);
    }
  }

  @Test
  void givesUpOnAServerThatNeverAnswersAndKeepsNothing() throws Exception {
    try (FakePubSub pubsub = FakePubSub.start();
        PubSubMessagePublisher publisher = publisher(pubsub.address())) {
      warmUp(pubsub, publisher);
      pubsub.hold();
      long begun = System.nanoTime();

      PublishOutcome outcome = publisher.publish(message(new byte[] {1}), WITHIN);

      assertThat(outcome).isInstanceOf(Unacknowledged.class);
      assertThat(since(begun)).isLessThan(WITHIN.plus(SLACK));
      await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(pubsub.cancelledCalls()).isEqualTo(2));
      assertThat(pubsub.calls()).isEqualTo(2);
    }
  }

  @Test
  void givesUpOnASocketThatAcceptsAndNeverSpeaks() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PubSubMessagePublisher publisher = publisher("127.0.0.1:" + silent.getLocalPort())) {
      long begun = System.nanoTime();

      PublishOutcome outcome = publisher.publish(message(new byte[] {1}), WITHIN);

      assertThat(outcome).isInstanceOf(Unacknowledged.class);
      assertThat(since(begun)).isLessThan(WITHIN.plus(SLACK));
    }
  }

  @Test
  void publishesAgainAsSoonAsTheServerIsBack() throws Exception {
    int port = freePort();
    try (PubSubMessagePublisher publisher = publisher("127.0.0.1:" + port)) {
      // Each failure would double gRPC's own wait before it tries to connect again.
      for (int attempt = 0; attempt < 6; attempt++) {
        assertThat(publisher.publish(message(new byte[] {1}), WITHIN))
            .isEqualTo(new Unacknowledged("Pub/Sub answered UNAVAILABLE"));
      }
      try (FakePubSub pubsub = FakePubSub.startAt(port)) {
        await()
            .atMost(Duration.ofSeconds(3))
            .until(
                () -> publisher.publish(message(new byte[] {2}), WITHIN) instanceof Acknowledged);
        assertThat(pubsub.messages()).isNotEmpty();
      }
    }
  }

  @Test
  void saysWhatPubSubRefused() throws Exception {
    try (FakePubSub pubsub = FakePubSub.start();
        PubSubMessagePublisher publisher = publisher(pubsub.address())) {
      pubsub.refuse(Status.NOT_FOUND.withDescription("Topic not found"));

      assertThat(publisher.publish(message(new byte[] {1}), Duration.ofSeconds(5)))
          .isEqualTo(new Unacknowledged("Pub/Sub answered NOT_FOUND"));
    }
  }

  @Test
  void triesAgainToOpenAfterAFailure() throws Exception {
    try (FakePubSub pubsub = FakePubSub.start()) {
      AtomicInteger openings = new AtomicInteger();
      PubSubConnector connector = connector(pubsub.address(), Duration.ofSeconds(3));
      try (PubSubMessagePublisher publisher =
          new PubSubMessagePublisher(() -> {
            if (openings.incrementAndGet() == 1) {
              throw new IllegalStateException("no credentials yet");
            }
            return connector.open();
          })) {
        assertThat(publisher.publish(message(new byte[] {1}), Duration.ofSeconds(5)))
            .isInstanceOf(Unacknowledged.class);
        assertThat(publisher.publish(message(new byte[] {1}), Duration.ofSeconds(5)))
            .isInstanceOf(Acknowledged.class);
      }
    }
  }

  @Test
  void boundsTheOpeningToo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger openings = new AtomicInteger();
    PubSubMessagePublisher publisher =
        new PubSubMessagePublisher(() -> {
          openings.incrementAndGet();
          awaitQuietly(never);
          throw new IllegalStateException("released by the test's end");
        });

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(publisher.publish(message(new byte[] {1}), Duration.ofMillis(50)))
          .isInstanceOf(Unacknowledged.class);
    }
    assertThat(openings).hasValue(1);
    never.countDown();
    publisher.close();
  }

  @Test
  void closesOnlyAfterThePublishInFlight() throws Exception {
    try (FakePubSub pubsub = FakePubSub.start()) {
      PubSubMessagePublisher publisher =
          new PubSubMessagePublisher(connector(pubsub.address(), Duration.ofSeconds(4))::open);
      pubsub.hold();
      CompletableFuture<PublishOutcome> outcome =
          CompletableFuture.supplyAsync(
              () -> publisher.publish(message(new byte[] {1}), Duration.ofSeconds(4)),
              runnable -> Thread.startVirtualThread(runnable));
      await().until(() -> pubsub.calls() == 1);
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(
              publisher::close, runnable -> Thread.startVirtualThread(runnable));

      assertThat(outcome).isNotDone();
      pubsub.release();

      assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(Acknowledged.class);
      closed.get(5, TimeUnit.SECONDS);
    }
  }

  private static void warmUp(FakePubSub pubsub, PubSubMessagePublisher publisher) {
    assertThat(publisher.publish(message(new byte[] {0}), Duration.ofSeconds(5)))
        .isInstanceOf(Acknowledged.class);
    pubsub.forget();
  }

  private static PubSubMessagePublisher publisher(String address) {
    return new PubSubMessagePublisher(connector(address, WITHIN)::open);
  }

  private static PubSubConnector connector(String address, Duration within) {
    return new PubSubConnector(
        new PubSubSettings("twofold-local", "twofold-notices", address), within);
  }

  private static DeliveryMessage message(byte[] body) {
    return new DeliveryMessage(
        "id-1",
        Provider.STRIPE,
        "main",
        Instant.parse("2026-11-21T08:00:00Z"),
        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        new RawBody(body));
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
