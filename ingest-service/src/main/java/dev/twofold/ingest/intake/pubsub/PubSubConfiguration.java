package dev.twofold.ingest.intake.pubsub;

import dev.twofold.ingest.intake.IntakeSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the Pub/Sub publisher to the intake. */
@Configuration(proxyBeanMethods = false)
class PubSubConfiguration {

  @Bean
  PubSubMessagePublisher messagePublisher(IntakeSettings settings) {
    PubSubMessagePublisher publisher =
        new PubSubMessagePublisher(
            new PubSubConnector(settings.pubsub(), settings.acknowledgeWithin())::open);
    // Beside the rest of the start, so that the first delivery need not wait for it.
    publisher.openAhead();
    return publisher;
  }
}
