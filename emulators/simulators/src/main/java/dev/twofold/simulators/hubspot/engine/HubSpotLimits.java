package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.web.SlidingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The three limits of an account: the app's burst, search by itself, and the day. */
final class HubSpotLimits {
  private final SlidingWindow burst;
  private final SlidingWindow search;
  private final int dailyLimit;
  private long day = Long.MIN_VALUE;
  private int usedToday;

  HubSpotLimits(HubSpotSettings settings) {
    burst = settings.limit().open();
    search = settings.searchLimit().open();
    dailyLimit = settings.dailyLimit();
  }

  /** Counts the call, or answers the body of its 429. */
  Optional<ObjectNode> refuse(boolean isSearch, Instant now) {
    long today = now.getEpochSecond() / 86_400;
    if (today != day) {
      day = today;
      usedToday = 0;
    }
    if (usedToday >= dailyLimit) {
      return Optional.of(dailyRefusal());
    }
    // Both windows are asked before either counts: a refused call uses up nothing.
    if (isSearch && !search.hasRoom(now)) {
      return Optional.of(searchRefusal());
    }
    if (!burst.hasRoom(now)) {
      return Optional.of(burstRefusal());
    }
    burst.admit(now);
    if (isSearch) {
      search.admit(now);
    }
    usedToday++;
    return Optional.empty();
  }

  private static ObjectNode searchRefusal() {
    return Json.object()
        .put("status", "error")
        .put("message", "You have reached your secondly limit.")
        .put("category", "RATE_LIMITS");
  }

  /** The refusal of the limit that is named {@code search}, {@code daily} or, else, the burst's. */
  ObjectNode refusal(String limit) {
    return switch (limit) {
      case "search" -> searchRefusal();
      case "daily" -> dailyRefusal();
      default -> burstRefusal();
    };
  }

  private static ObjectNode dailyRefusal() {
    return refusal("daily", "DAILY").put("requestId", "daily");
  }

  private ObjectNode burstRefusal() {
    return burst.length().equals(Duration.ofSeconds(1))
        ? refusal("secondly", "SECONDLY")
        : refusal("ten_secondly_rolling", "TEN_SECONDLY_ROLLING");
  }

  private static ObjectNode refusal(String words, String policy) {
    return Json.object()
        .put("status", "error")
        .put("message", "You have reached your " + words + " limit.")
        .put("errorType", "RATE_LIMIT")
        .put("policyName", policy)
        .put("groupName", "publicapi:private-apps-api-calls-" + policy.toLowerCase(Locale.ROOT));
  }

  /** Search answers carry the daily pair only; OAuth calls lack it. */
  Map<String, String> headers(boolean isSearch, boolean privateApp, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (privateApp) {
      headers.put("X-HubSpot-RateLimit-Daily", Integer.toString(dailyLimit));
      headers.put("X-HubSpot-RateLimit-Daily-Remaining", Integer.toString(dailyLimit - usedToday));
    }
    if (!isSearch) {
      headers.put(
          "X-HubSpot-RateLimit-Interval-Milliseconds", Long.toString(burst.length().toMillis()));
      headers.put("X-HubSpot-RateLimit-Max", Integer.toString(burst.limit()));
      headers.put("X-HubSpot-RateLimit-Remaining", Integer.toString(burst.remaining(now)));
    }
    return headers;
  }

  void changeLimit(int calls) {
    burst.changeLimit(calls);
  }

  RateLimit burst() {
    return new RateLimit(burst.limit(), burst.length());
  }

  void clear() {
    burst.clear();
    search.clear();
    usedToday = 0;
  }
}
