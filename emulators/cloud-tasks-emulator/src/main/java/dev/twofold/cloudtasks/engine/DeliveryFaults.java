package dev.twofold.cloudtasks.engine;

import java.time.Duration;

/**
 * What at-least-once, unordered delivery may do to an application, as probabilities from 0 to 1: a
 * task comes late by up to {@code lateBy}, comes once more within {@code repeatWithin} although it
 * succeeded, or is overtaken by younger ones. Repeated deliveries take tokens like all others.
 */
public record DeliveryFaults(
    double late, Duration lateBy, double repeated, Duration repeatWithin, double reordered) {

  public static final DeliveryFaults NONE =
      new DeliveryFaults(0, Duration.ZERO, 0, Duration.ZERO, 0);

  public DeliveryFaults {
    if (!isProbability(late) || !isProbability(repeated) || !isProbability(reordered)) {
      throw new IllegalArgumentException("delivery faults are probabilities from 0 to 1");
    }
    if (lateBy.isNegative() || repeatWithin.isNegative()) {
      throw new IllegalArgumentException("lateBy and repeatWithin cannot be negative");
    }
  }

  private static boolean isProbability(double value) {
    return value >= 0 && value <= 1;
  }
}
