package dev.twofold.sync.watch.google;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table of figures in {@code docs/metrics.md}. */
public final class MetricsPage {

  /**
   * A line of it.
   *
   * @param services who exports it
   */
  public record Line(String kind, Set<String> tags, Set<String> services) {}

  private MetricsPage() {}

  /** The lines by the figure's name. */
  public static Map<String, Line> read() throws IOException {
    Map<String, Line> lines = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "metrics.md"))) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        String name = cells[1].strip().replace("`", "");
        String kind = cells[2].strip().split(",", -1)[0];
        lines.put(name, new Line(kind, set(cells[3]), set(cells[4])));
      }
    }
    return lines;
  }

  private static Set<String> set(String cell) {
    Set<String> set = new TreeSet<>();
    Arrays.stream(cell.split(",", -1)).map(String::strip).forEach(set::add);
    return set;
  }
}
