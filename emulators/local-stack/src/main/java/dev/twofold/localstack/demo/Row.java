package dev.twofold.localstack.demo;

import java.util.List;

/**
 * One line of the table: what was done, what had to appear, and how long each took.
 *
 * @param done what people did
 * @param appeared what the other side shows because of it
 * @param expected how many times it had to appear
 * @param millis how long each that appeared took, in the order of appearance
 * @param look where to look at one of them
 */
public record Row(String done, String appeared, int expected, List<Long> millis, String look) {
  /** Copies what may change. */
  public Row {
    millis = List.copyOf(millis);
  }

  /** True when everything appeared. */
  public boolean isComplete() {
    return millis.size() == expected;
  }

  String median() {
    return millis.isEmpty()
        ? "-"
        : inMillis(millis.stream().sorted().toList().get(millis.size() / 2));
  }

  String slowest() {
    return millis.isEmpty()
        ? "-"
        : inMillis(millis.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private static String inMillis(long millis) {
    return millis + " ms";
  }
}
