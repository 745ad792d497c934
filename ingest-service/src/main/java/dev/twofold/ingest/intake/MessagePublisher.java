package dev.twofold.ingest.intake;

import java.time.Duration;

/**
 * Port: puts one message where it cannot be lost, and says whether that is certain.
 *
 * <p>An implementation answers within the given time, keeps nothing back for later, and may have
 * published a message although it could not confirm it; the sender repeats, and receivers expect
 * repetitions.
 */
@FunctionalInterface
public interface MessagePublisher {

  PublishOutcome publish(DeliveryMessage message, Duration within);

  /** Whether the message is held for certain. */
  sealed interface PublishOutcome {

    /** Held; {@code messageId} is the name it got there. */
    record Acknowledged(String messageId) implements PublishOutcome {}

    /** Not confirmed in time, or refused; {@code cause} is for the operator's log. */
    record Unacknowledged(String cause) implements PublishOutcome {}
  }
}
