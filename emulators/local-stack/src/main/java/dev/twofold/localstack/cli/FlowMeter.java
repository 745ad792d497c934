package dev.twofold.localstack.cli;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.QueueDepth;
import dev.twofold.localstack.stack.StackProblem;
import dev.twofold.localstack.stack.StackSettings;
import java.util.EnumMap;
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

  /** One side in words: calls a second with their total, and webhooks still to be delivered. */
  private record Flow(String rate, String waiting) {}

  FlowMeter(LoopbackHttp http, Addresses addresses, StackSettings settings) {
    this.http = http;
    this.addresses = addresses;
    this.settings = settings;
    this.queues = new QueueDepth(http, addresses, settings);
  }

  /** The line for now; a part that does not answer is shown as such. */
  String line() throws InterruptedException {
    Flow hubSpot = flow(Part.HUBSPOT);
    Flow stripe = flow(Part.STRIPE);
    return "calls/s: HubSpot %s, Stripe %s | webhooks waiting: %s, %s | tasks: %s | tenant: %s"
        .formatted(
            hubSpot.rate(), stripe.rate(), hubSpot.waiting(), stripe.waiting(), queued(), tenant());
  }

  private Flow flow(Part part) throws InterruptedException {
    if (settings.replacement(part).isPresent()) {
      return new Flow("(own account)", "-");
    }
    try {
      JsonNode stats = http.get(addresses.of(part) + "/_simulator/stats").json(part.title());
      long calls = stats.path("calls").asLong();
      long now = System.nanoTime();
      Reading last = Objects.requireNonNullElse(before.get(part), new Reading(calls, now));
      before.put(part, new Reading(calls, now));
      double seconds = Math.max(0.001, (now - last.at()) / 1e9);
      double rate = Math.max(0, calls - last.calls()) / seconds;
      return new Flow(
          "%.1f (%d)".formatted(rate, calls), stats.path("webhooks").path("pending").asString("?"));
    } catch (StackProblem e) {
      return new Flow("DOES NOT ANSWER", "?");
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
      JsonNode tenant =
          http.get(addresses.of(Part.SYNC) + "/tenants/" + StackSettings.TENANT)
              .json(Part.SYNC.title());
      return "%s, backlog %s"
          .formatted(tenant.path("state").asString("?"), tenant.path("backlog").asString("?"));
    } catch (StackProblem e) {
      return "(no answer)";
    }
  }
}
