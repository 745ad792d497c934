package dev.twofold.sync.pacing;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider's refusals make of a limit, per scope it named: each lowers the limit by a
 * quarter, and every while without another raises it by a tenth, until the account's own limit is
 * reached and the scope is forgotten. Not safe for threads.
 */
final class Brakes {

  /** Calls already on their way when the limit was lowered are refused for the same reason. */
  static final Duration SETTLE = Duration.ofSeconds(2);

  static final Duration STEP_EVERY = Duration.ofSeconds(10);

  /** Scopes are the provider's words: bounded, so that odd answers cannot fill the memory. */
  private static final int SCOPES_MAX = 16;

  private static final String OTHER_SCOPES = "other";

  private record Brake(int limit, long loweredAt, long nextStepAt) {}

  private final Map<String, Brake> brakes = new TreeMap<>();

  /** The provider refused a call for that scope while the account's limit was that. */
  void lower(String scope, int accountLimit, long now) {
    String known = brakes.containsKey(scope) || brakes.size() < SCOPES_MAX ? scope : OTHER_SCOPES;
    Brake before = brakes.get(known);
    if (before != null && now - before.loweredAt < SETTLE.toNanos()) {
      return;
    }
    int from = lowest(accountLimit);
    int lowered = Math.max(1, from - Math.max(1, from / 4));
    brakes.put(known, new Brake(lowered, now, now + STEP_EVERY.toNanos()));
  }

  /** Raises what has been quiet for long enough. */
  void recover(int accountLimit, long now) {
    brakes.replaceAll((scope, brake) -> raised(brake, accountLimit, now));
    brakes.values().removeIf(brake -> brake.limit >= accountLimit);
  }

  private static Brake raised(Brake brake, int accountLimit, long now) {
    Brake raised = brake;
    while (raised.nextStepAt <= now && raised.limit < accountLimit) {
      raised =
          new Brake(
              raised.limit + Math.max(1, accountLimit / 10),
              raised.loweredAt,
              raised.nextStepAt + STEP_EVERY.toNanos());
    }
    return raised;
  }

  /** The account's limit, or the lowest any scope leaves of it. */
  int lowest(int accountLimit) {
    return brakes.values().stream().mapToInt(Brake::limit).reduce(accountLimit, Math::min);
  }

  /** The limit each scope leaves. */
  Map<String, Integer> limits() {
    Map<String, Integer> limits = new TreeMap<>();
    brakes.forEach((scope, brake) -> limits.put(scope, brake.limit));
    return limits;
  }
}
