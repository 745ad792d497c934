package dev.twofold.simulators.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The troubles in force and the delay of answers. The first fault that strikes a call is the one it
 * gets; expired and used-up faults go away by themselves.
 */
public final class Faults {
  private static final double NINETY_NINTH = 2.3263;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final RandomGenerator random;
  private final List<Fault> faults = new ArrayList<>();
  private Duration median = Duration.ZERO;
  private Duration ninetyNinth = Duration.ZERO;

  public Faults(RandomGenerator random) {
    this.random = random;
  }

  public void add(Fault fault) {
    faults.add(fault);
  }

  /** Log-normal delays with this median and 99th percentile; two zeros for none. */
  public void delayAnswers(Duration newMedian, Duration newNinetyNinth) {
    if (newMedian.isNegative() || newNinetyNinth.compareTo(newMedian) < 0) {
      throw new IllegalArgumentException(
          "delays need 0 <= median <= 99th percentile, not " + newMedian + ", " + newNinetyNinth);
    }
    median = newMedian;
    ninetyNinth = newNinetyNinth;
  }

  public Duration median() {
    return median;
  }

  public Duration ninetyNinth() {
    return ninetyNinth;
  }

  public List<Fault> inForce(Instant now) {
    faults.removeIf(fault -> fault.until() != null && !now.isBefore(fault.until()));
    return List.copyOf(faults);
  }

  public void clear() {
    faults.clear();
    median = Duration.ZERO;
    ninetyNinth = Duration.ZERO;
  }

  /** The trouble this call meets, if any; uses up one of its count. */
  public Optional<Fault> strike(ApiRequest request, Instant now) {
    for (Fault fault : inForce(now)) {
      if (fault.matches(request)
          && (fault.probability() >= 1 || random.nextDouble() < fault.probability())) {
        useUp(fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private void useUp(Fault fault) {
    if (fault.count() == Fault.UNLIMITED) {
      return;
    }
    int at = faults.indexOf(fault);
    if (fault.count() == 1) {
      faults.remove(at);
    } else {
      faults.set(at, fault.times(fault.count() - 1));
    }
  }

  public Duration nextDelay() {
    if (median.isZero()) {
      return ninetyNinth.isZero() ? Duration.ZERO : ninetyNinth.dividedBy(2);
    }
    double spread = Math.log((double) ninetyNinth.toNanos() / median.toNanos()) / NINETY_NINTH;
    double nanos = median.toNanos() * Math.exp(spread * random.nextGaussian());
    return Duration.ofNanos((long) Math.min(nanos, (double) LONGEST.toNanos()));
  }
}
