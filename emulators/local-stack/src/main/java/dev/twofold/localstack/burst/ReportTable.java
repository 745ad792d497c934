package dev.twofold.localstack.burst;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as lines of columns. */
final class ReportTable {
  private static final int ENDPOINTS_SHOWN = 4;

  private final BurstReport report;
  private final StringBuilder text = new StringBuilder();

  ReportTable(BurstReport report) {
    this.report = report;
  }

  String text() {
    line("");
    line(
        "%s: %.1f s from the first deed to the last effect  (%s, %d cores, %d MB)"
            .formatted(
                report.scenario(),
                report.seconds(),
                report.machine().processor(),
                report.machine().cores(),
                report.machine().memoryMegabytes()));
    deliveries();
    calls();
    latencies();
    processes();
    outcome();
    targets();
    return text.toString();
  }

  private void deliveries() {
    line("");
    line(
        "%-22s %9s %8s %9s %8s %8s %8s %8s"
            .formatted(
                "webhooks, ms", "accepted", "refused", "notices", "p50", "p95", "p99", "max"));
    for (BurstReport.Deliveries each : report.deliveries()) {
      line(
          "%-22s %9d %8d %9d %8.1f %8.1f %8.1f %8.1f"
              .formatted(
                  "from " + each.from(),
                  each.accepted(),
                  each.refused(),
                  each.notices(),
                  each.p50(),
                  each.p95(),
                  each.p99(),
                  each.max()));
    }
  }

  private void calls() {
    line("");
    line(
        "%-12s %8s %8s %9s %9s %10s %9s %6s"
            .formatted(
                "calls", "total", "changed", "per chg.", "limit/s", "highest/s", "use", "429"));
    for (BurstReport.Calls each : report.calls()) {
      line(
          "%-12s %8d %8d %9s %9d %10d %9s %6d"
              .formatted(
                  "to " + each.to(),
                  each.total(),
                  each.changedRecords(),
                  ratio(each.callsPerChangedRecord()),
                  each.limit(),
                  each.highestPerSecond(),
                  share(each.limitUse()),
                  each.tooMany()));
      each.perEndpoint().entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(ENDPOINTS_SHOWN)
          .forEach(entry -> line("    %8d  %s".formatted(entry.getValue(), entry.getKey())));
    }
  }

  private static String ratio(@Nullable Double value) {
    return value == null ? "-" : "%.3f".formatted(value);
  }

  private static String share(@Nullable Double value) {
    return value == null ? "-" : "%.1f%%".formatted(value * 100);
  }

  private void latencies() {
    line("");
    line(
        "%-24s %-19s %-8s %7s %8s %8s %8s %8s %8s"
            .formatted(
                "webhook to visible, ms",
                "direction",
                "lane",
                "seen",
                "p50",
                "p95",
                "p99",
                "max",
                "bound"));
    for (BurstReport.Latency each : report.latencies()) {
      line(
          "%-24s %-19s %-8s %7d %8.0f %8.0f %8.0f %8.0f %8.0f"
              .formatted(
                  each.change(),
                  each.direction(),
                  each.lane(),
                  each.seen(),
                  each.p50(),
                  each.p95(),
                  each.p99(),
                  each.max(),
                  each.bound()));
    }
  }

  private void processes() {
    line("");
    line("%-46s %8s %10s".formatted("process", "CPU s", "peak MB"));
    for (BurstReport.ProcessUse each : report.processes()) {
      line("%-46s %8.1f %10d".formatted(each.name(), each.cpuSeconds(), each.peakMegabytes()));
    }
  }

  private void outcome() {
    BurstReport.Outcome outcome = report.outcome();
    line("");
    line(
        "expected %d, lost %d, doubled %d, wrong %d%s"
            .formatted(
                outcome.expected(),
                outcome.lost(),
                outcome.doubled(),
                outcome.wrong(),
                outcome.silent() ? "" : "; it did not fall silent in time"));
    outcome.findings().forEach(finding -> line("  %s".formatted(finding)));
  }

  private void targets() {
    line("");
    for (BurstReport.Target each : report.targets()) {
      line("%-6s %-58s %s".formatted(each.met() ? "met" : "MISSED", each.promise(), each.seen()));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
