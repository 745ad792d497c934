package dev.twofold.ingest.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was published, and answers as told. */
final class RecordingPublisher implements MessagePublisher {

  final List<DeliveryMessage> published = new ArrayList<>();
  final List<Duration> waits = new ArrayList<>();
  PublishOutcome answer = new PublishOutcome.Acknowledged("17");
  Runnable whilePublishing = () -> {};

  @Override
  public PublishOutcome publish(DeliveryMessage message, Duration within) {
    published.add(message);
    waits.add(within);
    whilePublishing.run();
    return answer;
  }
}
