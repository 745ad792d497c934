package dev.twofold.localstack.burst;

import java.util.Arrays;
import java.util.Collection;

/** Milliseconds in their order. All are zero when there is nothing to measure. */
record Percentiles(int count, double p50, double p95, double p99, double max) {
  private static final double HALF = 0.5;
  private static final double NINETY_FIFTH = 0.95;
  private static final double NINETY_NINTH = 0.99;

  static Percentiles of(Collection<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Percentiles(
        sorted.length,
        at(sorted, HALF),
        at(sorted, NINETY_FIFTH),
        at(sorted, NINETY_NINTH),
        at(sorted, 1));
  }

  /** The smallest value that this share of them does not exceed. */
  private static double at(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return Math.round(Arrays.stream(sorted).skip(Math.max(0, rank - 1)).findFirst().orElse(0) * 10)
        / 10.0;
  }
}
