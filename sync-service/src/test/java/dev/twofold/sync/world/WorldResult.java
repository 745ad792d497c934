package dev.twofold.sync.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one random world. It travels from the process that ran it as one line of text.
 *
 * @param counts what happened how often
 * @param wrong what is wrong; empty where nothing is
 */
record WorldResult(long seed, Duration virtual, Map<String, Long> counts, List<String> wrong) {

  private static final String FIELD = "\t";
  private static final String ITEM = "\u001f";

  WorldResult {
    counts = Map.copyOf(counts);
    wrong = List.copyOf(wrong);
  }

  String line() {
    List<String> counted = new ArrayList<>();
    new TreeMap<>(counts).forEach((what, times) -> counted.add(what + "=" + times));
    List<String> told =
        wrong.stream().map(each -> each.replaceAll("[\\t\\n\\r\\u001f]+", " ")).toList();
    return String.join(
        FIELD,
        Long.toString(seed),
        Long.toString(virtual.toMillis()),
        String.join(ITEM, counted),
        String.join(ITEM, told));
  }

  static WorldResult of(String line) {
    List<String> fields = List.of(line.split(FIELD, -1));
    if (fields.size() != 4) {
      throw new IllegalArgumentException("expected a world's result, came: " + line);
    }
    Map<String, Long> counts = new TreeMap<>();
    for (String item : items(fields.get(2))) {
      int equals = item.lastIndexOf('=');
      counts.put(item.substring(0, equals), Long.parseLong(item.substring(equals + 1)));
    }
    return new WorldResult(
        Long.parseLong(fields.get(0)),
        Duration.ofMillis(Long.parseLong(fields.get(1))),
        counts,
        items(fields.get(3)));
  }

  private static List<String> items(String field) {
    return field.isEmpty() ? List.of() : List.of(field.split(ITEM, -1));
  }
}
