package dev.twofold.sync.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the results of many worlds, and tells them as Markdown. */
final class Summary {

  private static final String FAULT = "fault ";

  private final Tally tally = new Tally();
  private final List<WorldResult> violations = new ArrayList<>();
  private Duration virtual = Duration.ZERO;
  private long worlds;

  void add(WorldResult result) {
    worlds++;
    virtual = virtual.plus(result.virtual());
    tally.add(result.counts());
    if (!result.wrong().isEmpty()) {
      violations.add(result);
    }
  }

  long worlds() {
    return worlds;
  }

  List<WorldResult> violations() {
    return List.copyOf(violations);
  }

  /** The command that repeats one world and tells what happened in it. */
  static String replay(long seed) {
    return "emulators/simulate --seed " + seed;
  }

  String text(Duration taken) {
    StringBuilder text = new StringBuilder();
    text.append("| | |\n| --- | ---: |\n");
    row(text, "worlds", worlds);
    row(text, "violations", violations.size());
    row(text, "virtual hours", virtual.toHours());
    row(text, "acts of people", tally.of("acts"));
    row(text, "webhook deliveries", tally.of("webhooks"));
    row(text, "pushes", tally.of("pushes"));
    row(text, "tasks dispatched", tally.of("tasks dispatched"));
    row(text, "calls to HubSpot", tally.of("calls to hubspot"));
    row(text, "calls to Stripe", tally.of("calls to stripe"));
    row(text, "log lines read", tally.of("log lines"));
    row(text, "minutes taken", Math.round(taken.toSeconds() / 60.0));
    text.append("\n| fault | struck |\n| --- | ---: |\n");
    faults().forEach((kind, times) -> row(text, kind, times));
    if (!violations.isEmpty()) {
      text.append("\nViolations:\n\n");
    }
    for (WorldResult each : violations) {
      text.append("- `").append(replay(each.seed())).append("`: ");
      text.append(String.join("; ", each.wrong())).append('\n');
    }
    return text.toString();
  }

  /** Kills and freezes happen at so many places that each place is not told alone. */
  private Map<String, Long> faults() {
    Map<String, Long> faults = new TreeMap<>();
    tally
        .counts()
        .forEach((what, times) -> {
          if (what.startsWith(FAULT)) {
            String kind = what.substring(FAULT.length());
            String told =
                kind.startsWith("killed ")
                    ? "process killed between two effects"
                    : kind.startsWith("frozen at call.")
                        ? "process frozen in the middle of a call"
                        : kind.startsWith("frozen ") ? "process frozen elsewhere" : kind;
            faults.merge(told, times, Long::sum);
          }
        });
    return faults;
  }

  private static void row(StringBuilder text, String what, long times) {
    text.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, times));
  }
}
