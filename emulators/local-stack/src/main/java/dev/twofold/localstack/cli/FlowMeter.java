package dev.twofold.localstack.cli;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.QueueDepth;
import dev.twofold.localstack.stack.StackProblem;
import dev.twofold.localstack.stack.StackSettings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Puts what flows into one line: calls a second at each side, webhooks and tasks that wait. */
final class FlowMeter {
  private final LoopbackHttp http;
  private final Addresses addresses;
  private final StackSettings settings;
  private final QueueDepth queues;
  private final Map<Part, Reading> before = new EnumMap<>(Part.class);

  /** A count of calls at a moment. */
  private record Reading(long calls, long at) {}

  FlowMeter(LoopbackHttp http, Addresses addresses, StackSettings settings) {
    this.http = http;
    this.addresses = addresses;
    this.settings = settings;
    this.queues = new QueueDepth(http, addresses, settings);
  }

  /** The line for now; a part that does not answer is shown as such. */
  String line() throws InterruptedException {
    return "%s  %s  queued %s  tenant %s"
        .formatted(side("HubSpot", Part.HUBSPOT), side("Stripe", Part.STRIPE), queued(), tenant());
  }

  private String side(String name, Part part) throws InterruptedException {
    if (settings.replacement(part).isPresent()) {
      return name + " (own account)";
    }
    try {
      JsonNode stats = http.get(addresses.of(part) + "/_simulator/stats").json(part.title());
      long calls = stats.path("calls").asLong();
      long now = System.nanoTime();
      Reading last = Objects.requireNonNullElse(before.get(part), new Reading(calls, now));
      before.put(part, new Reading(calls, now));
      double seconds = Math.max(0.001, (now - last.at()) / 1e9);
      return "%s %.1f/s (%d calls, %d webhooks waiting)"
          .formatted(
              name,
              Math.max(0, calls - last.calls()) / seconds,
              calls,
              stats.path("webhooks").path("pending").asLong());
    } catch (StackProblem e) {
      return name + " DOES NOT ANSWER";
    }
  }

  private String queued() throws InterruptedException {
    try {
      return Long.toString(queues.tasks());
    } catch (StackProblem e) {
      return "?";
    }
  }

  private String tenant() throws InterruptedException {
    try {
      String state =
          http.get(addresses.of(Part.SYNC) + "/tenants/" + StackSettings.TENANT)
              .json(Part.SYNC.title())
              .path("state")
              .asString("?");
      return state.toLowerCase(Locale.ROOT);
    } catch (StackProblem e) {
      return "(sync-service does not answer)";
    }
  }
}
