package dev.twofold.simulators.stripe.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One customer, what search still believes of it, and until when a write holds it. */
final class Customer {
  private record Before(Instant changedAt, @Nullable ObjectNode json) {}

  private final String id;
  private final long sequence;
  private final Instant createdAt;
  private final ArrayDeque<Before> unindexed = new ArrayDeque<>();
  private ObjectNode json;
  private Instant lockedUntil = Instant.MIN;

  Customer(String id, long sequence, Instant createdAt, ObjectNode json) {
    this.id = id;
    this.sequence = sequence;
    this.createdAt = createdAt;
    this.json = json;
    unindexed.add(new Before(createdAt, null));
  }

  String id() {
    return id;
  }

  long sequence() {
    return sequence;
  }

  Instant createdAt() {
    return createdAt;
  }

  ObjectNode json() {
    return json;
  }

  void become(ObjectNode changed, Instant now, Duration lag) {
    forgetIndexed(now, lag);
    unindexed.add(new Before(now, json));
    json = changed;
  }

  private void forgetIndexed(Instant now, Duration lag) {
    while (!unindexed.isEmpty() && !unindexed.getFirst().changedAt().plus(lag).isAfter(now)) {
      unindexed.removeFirst();
    }
  }

  /** As the search index has it; null while it has not seen the customer at all. */
  @Nullable ObjectNode indexed(Instant now, Duration lag) {
    forgetIndexed(now, lag);
    return unindexed.isEmpty() ? json : unindexed.getFirst().json();
  }

  Instant lockedUntil() {
    return lockedUntil;
  }

  void lockUntil(Instant end) {
    lockedUntil = end;
  }
}
