package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.web.SlidingWindow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Limits of the account, of each endpoint and of search. */
final class StripeLimits {
  private final SlidingWindow global;
  private final SlidingWindow search;
  private final Map<String, SlidingWindow> perEndpoint = new HashMap<>();
  private RateLimit endpointLimit;

  StripeLimits(StripeSettings settings) {
    global = settings.globalLimit().open();
    search = settings.searchLimit().open();
    endpointLimit = settings.endpointLimit();
  }

  /** Counts the call, or answers the reason why it is refused. */
  Optional<String> refuse(String endpoint, Instant now) {
    SlidingWindow own =
        endpoint.endsWith("/search")
            ? search
            : perEndpoint.computeIfAbsent(endpoint, _ -> endpointLimit.open());
    if (!global.hasRoom(now)) {
      return Optional.of("global-rate");
    }
    if (!own.hasRoom(now)) {
      return Optional.of("endpoint-rate");
    }
    global.admit(now);
    own.admit(now);
    return Optional.empty();
  }

  /** The account's limit and that of every endpoint but search. */
  void changeLimit(int calls) {
    global.changeLimit(calls);
    changeEndpointLimit(calls);
  }

  void changeEndpointLimit(int calls) {
    endpointLimit = new RateLimit(calls, endpointLimit.window());
    perEndpoint.values().forEach(window -> window.changeLimit(calls));
  }

  int global() {
    return global.limit();
  }

  void clear() {
    global.clear();
    search.clear();
    perEndpoint.clear();
  }
}
