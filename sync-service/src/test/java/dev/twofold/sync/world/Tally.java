package dev.twofold.sync.world;

import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, by its name. */
final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    add(what, 1);
  }

  void add(String what, long more) {
    if (more != 0) {
      counts.merge(what, more, Long::sum);
    }
  }

  /** Adds all counts of another tally. */
  void add(Map<String, Long> others) {
    others.forEach(this::add);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Every count above zero, in the order of the names. */
  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }
}
