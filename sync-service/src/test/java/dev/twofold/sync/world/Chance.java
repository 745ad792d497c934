package dev.twofold.sync.world;

import dev.twofold.sync.dispatch.WriteTask;
import java.time.Duration;

/** What is left to chance on the ways between the parts. */
interface Chance {

  /** What becomes of a webhook at the door. */
  enum Intake {
    TAKEN,
    REFUSED,
    /** Published, but the provider hears nothing of it. */
    DIED
  }

  /** Everything works and takes the same short time. */
  Chance NONE = new Chance() {};

  /** Everything works, and every push takes that long. */
  static Chance pushesAfter(Duration length) {
    return new Chance() {
      @Override
      public Duration pushDelay() {
        return length;
      }
    };
  }

  default Duration latency() {
    return Duration.ofMillis(2);
  }

  default Duration wayOut() {
    return Duration.ofMillis(10);
  }

  default Duration wayBack() {
    return Duration.ofMillis(70);
  }

  default Duration pushDelay() {
    return Duration.ofMillis(20);
  }

  default Intake intake() {
    return Intake.TAKEN;
  }

  default boolean publishesTwice() {
    return false;
  }

  default boolean losesPushAnswer() {
    return false;
  }

  default boolean losesTaskAnswer(Program program, WriteTask task) {
    return false;
  }

  /** Whether a commit is refused as if another had been faster. */
  default boolean losesRace() {
    return false;
  }

  /** Whether a task is dispatched twice. */
  default boolean runsTwice() {
    return false;
  }
}
