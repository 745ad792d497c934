package dev.twofold.localstack.demo;

import java.util.List;

/**
 * What a play of the demo found.
 *
 * @param rows what was done and what appeared, in order
 * @param findings everything missing, doubled or wrong; empty when all is well
 */
public record DemoReport(List<Row> rows, List<String> findings) {
  private static final String LINE = "%-48s  %-46s  %7s  %9s  %9s%n";

  /** Copies what may change. */
  public DemoReport {
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
  }

  /** True when everything appeared, once and right. */
  public boolean isGood() {
    return findings.isEmpty() && rows.stream().allMatch(Row::isComplete);
  }

  /** The table as a person reads it. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(LINE.formatted("done", "appeared", "seen", "median", "slowest"));
    for (Row row : rows) {
      String seen = row.millis().size() + "/" + row.expected();
      table.append(LINE.formatted(row.done(), row.appeared(), seen, row.median(), row.slowest()));
      table.append("    ").append(row.look()).append('\n');
    }
    if (isGood()) {
      table.append("Nothing missing, nothing doubled, nothing wrong.\n");
    } else {
      table.append("NOT as it should be:\n");
      rows.stream()
          .filter(row -> !row.isComplete())
          .forEach(row -> table.append("  not all appeared: ").append(row.appeared()).append('\n'));
      findings.forEach(finding -> table.append("  ").append(finding).append('\n'));
    }
    return table.toString();
  }
}
