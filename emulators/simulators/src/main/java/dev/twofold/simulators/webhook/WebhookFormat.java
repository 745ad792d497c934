package dev.twofold.simulators.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What differs between the vendors: the body of a delivery, its signature, its retries. */
public interface WebhookFormat {
  byte[] body(List<Notice> notices, int attempt);

  /** Headers for one attempt, the signature among them. */
  Map<String, String> headers(byte[] body, Instant now);

  /** How long after the failure of this attempt (from 0) the next one goes; empty: never. */
  Optional<Duration> retryAfter(int attempt, RandomGenerator random);
}
