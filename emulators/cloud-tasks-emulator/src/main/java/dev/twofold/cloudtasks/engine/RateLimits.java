package dev.twofold.cloudtasks.engine;

/**
 * A queue's limits. As in the real service a zero counts as unset and becomes the default: 500 a
 * second, 1000 at a time. A burst of zero means that the emulator's rule decides.
 */
public record RateLimits(
    double maxDispatchesPerSecond, int maxConcurrentDispatches, int maxBurstSize) {

  // Published limits: https://cloud.google.com/tasks/docs/quotas
  private static final double RATE_MAX = 500;
  private static final int CONCURRENT_MAX = 5000;
  private static final int CONCURRENT_DEFAULT = 1000;
  private static final int BURST_LEAST = 10;

  public static final RateLimits DEFAULT = new RateLimits(0, 0, 0);

  public RateLimits {
    if (maxDispatchesPerSecond < 0 || Double.isNaN(maxDispatchesPerSecond)) {
      throw Refusals.invalid("RateLimits.maxDispatchesPerSecond cannot be negative.");
    }
    if (maxDispatchesPerSecond > RATE_MAX) {
      throw Refusals.invalid(
          "RateLimits.maxDispatchesPerSecond must be less than or equal to 500.");
    }
    if (maxConcurrentDispatches < 0) {
      throw Refusals.invalid("RateLimits.maxConcurrentDispatches cannot be negative.");
    }
    if (maxConcurrentDispatches > CONCURRENT_MAX) {
      throw Refusals.invalid(
          "RateLimits.maxConcurrentDispatches must be less than or equal to 5000.");
    }
    if (maxBurstSize < 0) {
      throw Refusals.invalid("RateLimits.maxBurstSize cannot be negative.");
    }
    maxDispatchesPerSecond = maxDispatchesPerSecond == 0 ? RATE_MAX : maxDispatchesPerSecond;
    maxConcurrentDispatches =
        maxConcurrentDispatches == 0 ? CONCURRENT_DEFAULT : maxConcurrentDispatches;
  }

  /**
   * The burst in force: this queue's own, else the emulator's, else the rule that fits every
   * published queue: 10, or a fifth of the rate where that is more.
   */
  int burst(int emulatorBurst) {
    if (maxBurstSize > 0) {
      return maxBurstSize;
    }
    return emulatorBurst > 0
        ? emulatorBurst
        : Math.max(BURST_LEAST, (int) (maxDispatchesPerSecond / 5));
  }
}
