package dev.twofold.cloudtasks.engine;

import java.time.Duration;

/**
 * How the emulated service behaves where the real one leaves room. The defaults are the documented
 * behaviour; everything that makes life harder for the application is off.
 *
 * @param tombstone how long a finished task's name stays refused
 * @param queueTombstone how long a deleted queue's name stays refused; zero switches it off
 * @param tombstonesMax names remembered per queue; beyond it the oldest are forgotten early
 * @param burst tokens of a queue that sets none; zero means 10 or a fifth of the rate
 * @param throttling whether 429, 503 and a high error rate slow down the whole queue
 * @param rampUp how long a new or resumed queue takes to reach its rate; zero switches it off
 * @param faults late, repeated and reordered delivery
 */
public record EngineSettings(
    Duration tombstone,
    Duration queueTombstone,
    int tombstonesMax,
    int burst,
    boolean throttling,
    Duration rampUp,
    DeliveryFaults faults) {

  public static final EngineSettings DEFAULT =
      new EngineSettings(
          Duration.ofHours(1),
          Duration.ZERO,
          1_000_000,
          0,
          true,
          Duration.ZERO,
          DeliveryFaults.NONE);

  public EngineSettings {
    if (tombstone.isNegative() || queueTombstone.isNegative() || rampUp.isNegative()) {
      throw new IllegalArgumentException("tombstone windows and ramp-up cannot be negative");
    }
    if (tombstonesMax < 1 || burst < 0) {
      throw new IllegalArgumentException("tombstonesMax must be positive, burst not negative");
    }
  }

  public EngineSettings withTombstone(Duration window) {
    return new EngineSettings(
        window, queueTombstone, tombstonesMax, burst, throttling, rampUp, faults);
  }

  public EngineSettings withQueueTombstone(Duration window) {
    return new EngineSettings(tombstone, window, tombstonesMax, burst, throttling, rampUp, faults);
  }

  public EngineSettings withTombstonesMax(int most) {
    return new EngineSettings(tombstone, queueTombstone, most, burst, throttling, rampUp, faults);
  }

  public EngineSettings withBurst(int tokens) {
    return new EngineSettings(
        tombstone, queueTombstone, tombstonesMax, tokens, throttling, rampUp, faults);
  }

  public EngineSettings withThrottling(boolean on) {
    return new EngineSettings(tombstone, queueTombstone, tombstonesMax, burst, on, rampUp, faults);
  }

  public EngineSettings withRampUp(Duration time) {
    return new EngineSettings(
        tombstone, queueTombstone, tombstonesMax, burst, throttling, time, faults);
  }

  public EngineSettings withFaults(DeliveryFaults some) {
    return new EngineSettings(
        tombstone, queueTombstone, tombstonesMax, burst, throttling, rampUp, some);
  }
}
