package dev.twofold.simulators.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every API call with its time, answered or refused, so that a check can count what really came.
 * The newest {@value #KEPT} calls are kept; the counters and the highest sliding second cover all.
 */
public final class CallLog {
  /** How many calls are kept one by one. */
  public static final int KEPT = 200_000;

  /** One call: when it arrived, which endpoint, what was answered, and how. */
  public record Call(Instant at, String endpoint, int status, boolean lost, String note) {}

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private final ArrayDeque<Instant> lastSecond = new ArrayDeque<>();
  private final Map<String, Long> perEndpoint = new TreeMap<>();
  private final Map<Integer, Long> perStatus = new TreeMap<>();
  private long total;
  private int highestPerSecond;

  public void add(Call call) {
    total++;
    perEndpoint.merge(call.endpoint(), 1L, Long::sum);
    perStatus.merge(call.status(), 1L, Long::sum);
    calls.addLast(call);
    if (calls.size() > KEPT) {
      calls.removeFirst();
    }
    Instant start = call.at().minus(SECOND);
    lastSecond.addLast(call.at());
    while (!lastSecond.getFirst().isAfter(start)) {
      lastSecond.removeFirst();
    }
    highestPerSecond = Math.max(highestPerSecond, lastSecond.size());
  }

  /** The kept calls, oldest first. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The newest calls, newest first. */
  public List<Call> newest(int count) {
    List<Call> newest = new ArrayList<>();
    var fromTheEnd = calls.descendingIterator();
    while (fromTheEnd.hasNext() && newest.size() < count) {
      newest.add(fromTheEnd.next());
    }
    return newest;
  }

  public long total() {
    return total;
  }

  public Map<String, Long> perEndpoint() {
    return Map.copyOf(perEndpoint);
  }

  public Map<Integer, Long> perStatus() {
    return Map.copyOf(perStatus);
  }

  /** The most calls that any interval of one second held, refused ones included. */
  public int highestPerSecond() {
    return highestPerSecond;
  }

  public Optional<Instant> lastCallAt() {
    return calls.isEmpty() ? Optional.empty() : Optional.of(calls.getLast().at());
  }

  public void clear() {
    calls.clear();
    lastSecond.clear();
    perEndpoint.clear();
    perStatus.clear();
    total = 0;
    highestPerSecond = 0;
  }
}
