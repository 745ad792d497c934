package dev.twofold.localstack.burst;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a scenario showed. Its JSON has the names of the components and is described by {@code
 * emulators/burst.schema.json}.
 *
 * @param scenario what was played
 * @param startedAt when the clock started
 * @param seconds from the first deed to the last effect
 * @param size how much was played
 * @param machine on what
 * @param deliveries webhooks as the simulators saw them answered, one for each side
 * @param calls calls as the simulators counted them, one for each side
 * @param latencies from the first sending of a notice to its effect on the other side
 * @param outcome what is there in the end
 * @param processes what each process used while the clock ran
 * @param targets what was promised and what was seen
 */
public record BurstReport(
    String scenario,
    String startedAt,
    double seconds,
    Map<String, Object> size,
    Machine machine,
    List<Deliveries> deliveries,
    List<Calls> calls,
    List<Latency> latencies,
    Outcome outcome,
    List<ProcessUse> processes,
    List<Target> targets) {
  /** Copies what may change. */
  public BurstReport {
    size = Map.copyOf(size);
    deliveries = List.copyOf(deliveries);
    calls = List.copyOf(calls);
    latencies = List.copyOf(latencies);
    processes = List.copyOf(processes);
    targets = List.copyOf(targets);
  }

  /** Where it was measured. */
  public record Machine(String system, String processor, int cores, long memoryMegabytes) {}

  /** Webhooks of a side. Milliseconds from sending to answer. */
  public record Deliveries(
      String from,
      int accepted,
      int refused,
      int notices,
      double p50,
      double p95,
      double p99,
      double max) {}

  /**
   * Calls to a side.
   *
   * @param changedRecords records that these calls made or changed, or events that they sent
   * @param callsPerChangedRecord their ratio; null where nothing changed
   * @param backlogSeconds how long a second's work or more was waiting in the side's queues
   * @param limitUse share of the limit that was used meanwhile; null where that was too short
   */
  public record Calls(
      String to,
      int limit,
      long total,
      Map<String, Long> perEndpoint,
      int changedRecords,
      @Nullable Double callsPerChangedRecord,
      double backlogSeconds,
      @Nullable Double limitUse,
      int highestPerSecond,
      long tooMany) {
    /** Copies what may change. */
    public Calls {
      perEndpoint = Map.copyOf(perEndpoint);
    }
  }

  /**
   * How long one kind of change took, in milliseconds.
   *
   * @param bound what the slowest would take on an ideal system within the limits
   */
  public record Latency(
      String change,
      String direction,
      String lane,
      int seen,
      double p50,
      double p95,
      double p99,
      double max,
      double bound) {}

  /**
   * What is there in the end.
   *
   * @param expected records and events that had to appear
   * @param findings the first of what is lost, doubled or wrong, in words
   */
  public record Outcome(
      int expected, int lost, int doubled, int wrong, boolean silent, List<String> findings) {
    /** Copies what may change. */
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /** What a process used; memory is the most it ever held, or zero where the system hides it. */
  public record ProcessUse(String name, double cpuSeconds, long peakMegabytes) {}

  /** Something promised: what was seen, and whether that is enough. */
  public record Target(String promise, String seen, boolean met) {}

  /** True when nothing is lost, doubled or wrong, and no limit was passed. */
  public boolean isGood() {
    return outcome.lost() == 0
        && outcome.doubled() == 0
        && outcome.wrong() == 0
        && calls.stream()
            .allMatch(each -> each.highestPerSecond() <= each.limit() && each.tooMany() == 0);
  }

  /** True when every target was met as well. */
  public boolean isOnTarget() {
    return isGood() && targets.stream().allMatch(Target::met);
  }

  /** All of it as JSON. */
  public String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  /** All of it as a person reads it. */
  public String table() {
    return new ReportTable(this).text();
  }
}
