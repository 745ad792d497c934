package dev.twofold.sync.world;

import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.reconcile.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pub/Sub with its push subscription: every message is pushed until a push is answered with
 * success, with a growing pause between, and again when an answer stays out for a minute. After a
 * hundred tries it goes to the dead letters.
 */
final class Topic {

  private static final Duration ACK_DEADLINE = Duration.ofSeconds(60);
  private static final int ATTEMPTS_MAX = 100;

  private static final class Message {
    private final Delivery delivery;
    private int attempts;
    private int failures;
    private boolean done;

    private Message(Delivery delivery) {
      this.delivery = delivery;
    }
  }

  private final World world;
  private final List<Delivery> published = new ArrayList<>();
  private final List<Delivery> dead = new ArrayList<>();
  private int waiting;

  Topic(World world) {
    this.world = world;
  }

  /** Messages that were given up. */
  List<Delivery> dead() {
    return List.copyOf(dead);
  }

  /** Every message there ever was, oldest first. */
  List<Delivery> published() {
    return List.copyOf(published);
  }

  /** How many are not acknowledged yet. */
  int waiting() {
    return waiting;
  }

  void publish(Delivery delivery, Duration delay) {
    published.add(delivery);
    waiting++;
    Message message = new Message(delivery);
    world.time().at(world.time().instant().plus(delay), () -> push(message));
  }

  /** Pushes a message once more, as Pub/Sub may at any time. */
  void repeat(Delivery delivery) {
    world.processes().any().ifPresent(program -> program.handle(delivery, result -> {}));
  }

  private void push(Message message) {
    if (message.done) {
      return;
    }
    world.active();
    world.tally().count("pushes");
    int attempt = ++message.attempts;
    var program = world.processes().any();
    if (program.isEmpty()) {
      answered(message, attempt, null);
      return;
    }
    program
        .get()
        .handle(
            message.delivery,
            result -> answered(message, attempt, world.losesPushAnswer() ? null : result));
    world
        .time()
        .at(
            world.time().instant().plus(ACK_DEADLINE),
            () -> {
              if (message.attempts == attempt) {
                push(message);
              }
            });
  }

  private void answered(Message message, int attempt, @Nullable Redelivery result) {
    if (message.done) {
      return;
    }
    if (result == Redelivery.DONE) {
      message.done = true;
      waiting--;
      return;
    }
    if (++message.failures >= ATTEMPTS_MAX) {
      message.done = true;
      waiting--;
      dead.add(message.delivery);
      return;
    }
    if (message.attempts == attempt) {
      Duration pause = Duration.ofSeconds(Math.min(60, 1L << Math.min(message.failures - 1, 6)));
      // The attempt is over, so its deadline no longer counts.
      message.attempts++;
      world.time().at(world.time().instant().plus(pause), () -> push(message));
    }
  }
}
