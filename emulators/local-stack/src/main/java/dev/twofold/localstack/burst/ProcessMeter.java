package dev.twofold.localstack.burst;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the stack's processes use, from when it is made: processor time from the system's own count,
 * and on Linux the most memory that was ever resident.
 */
final class ProcessMeter {
  private static final String OURS = "launcher (simulators, queues, pump, benchmark)";
  private static final long KILOBYTES = 1024;

  private final LocalStack stack;
  private final Map<Long, Duration> before = new LinkedHashMap<>();

  ProcessMeter(LocalStack stack) {
    this.stack = stack;
    pids().values().forEach(pid -> before.put(pid, used(pid)));
  }

  private Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (Part part : List.of(Part.INGEST, Part.SYNC, Part.PUBSUB, Part.FIRESTORE)) {
      OptionalLong pid = stack.pid(part);
      if (pid.isPresent()) {
        pids.put(part.title(), pid.getAsLong());
      }
    }
    pids.put(OURS, ProcessHandle.current().pid());
    return pids;
  }

  List<BurstReport.ProcessUse> uses() {
    List<BurstReport.ProcessUse> uses = new ArrayList<>();
    pids()
        .forEach((name, pid) -> {
          Duration used = used(pid).minus(before.getOrDefault(pid, Duration.ZERO));
          uses.add(new BurstReport.ProcessUse(name, used.toMillis() / 1_000.0, peakMegabytes(pid)));
        });
    return uses;
  }

  private static Duration used(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static long peakMegabytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / KILOBYTES;
        }
      }
      return 0;
    } catch (IOException notLinux) {
      return 0;
    }
  }

  /** This machine, as far as it tells. */
  static BurstReport.Machine machine() {
    return new BurstReport.Machine(
        "%s %s, Java %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().toString()),
        firstValue("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong("0" + firstValue("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""))
            / KILOBYTES);
  }

  private static String firstValue(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException notLinux) {
      return "";
    }
  }
}
