package dev.twofold.localstack.burst;

/**
 * What is to be played.
 *
 * @param oneByOne whether HubSpot sends every notice in a request of its own
 * @param compression by how much the outage's clock is compressed: ten minutes of traffic and of
 *     outage pass in that much less
 */
public record BurstPlan(Scenario scenario, BurstSize size, boolean oneByOne, int compression) {
  /** Checks the compression. */
  public BurstPlan {
    if (compression < 1 || compression > 60) {
      throw new IllegalArgumentException("a clock is compressed 1 to 60 times, not " + compression);
    }
  }

  /** The scenario as HubSpot groups notices, with the outage's clock ten times faster. */
  public static BurstPlan of(Scenario scenario, BurstSize size) {
    return new BurstPlan(scenario, size, false, 10);
  }
}
