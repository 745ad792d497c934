package dev.twofold.localstack.burst;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many signed webhooks one ingest process accepts, with the publisher's acknowledgement before
 * each answer. Its JSON is described by {@code emulators/burst.schema.json}.
 */
public record IntakeReport(
    String startedAt,
    double secondsPerLevel,
    BurstReport.Machine machine,
    List<Level> levels,
    List<BurstReport.ProcessUse> processes) {
  /** Copies what may change. */
  public IntakeReport {
    levels = List.copyOf(levels);
    processes = List.copyOf(processes);
  }

  /** What so many connections, each with one webhook at a time, got through. */
  public record Level(
      int connections,
      long accepted,
      long refused,
      double perSecond,
      double p50,
      double p99,
      double max) {}

  /** True when every webhook was accepted. */
  public boolean isGood() {
    return levels.stream().allMatch(level -> level.refused() == 0 && level.accepted() > 0);
  }

  /** All of it as JSON. */
  public String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  /** All of it as a person reads it. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "\n%-12s %10s %9s %11s %9s %9s %9s%n"
            .formatted(
                "connections", "accepted", "refused", "per second", "p50 ms", "p99 ms", "max ms"));
    for (Level level : levels) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-12d %10d %9d %11.0f %9.1f %9.1f %9.1f%n",
              level.connections(),
              level.accepted(),
              level.refused(),
              level.perSecond(),
              level.p50(),
              level.p99(),
              level.max()));
    }
    for (BurstReport.ProcessUse use : processes) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-46s %8.1f CPU s %6d MB%n",
              use.name(),
              use.cpuSeconds(),
              use.peakMegabytes()));
    }
    return text.toString();
  }
}
