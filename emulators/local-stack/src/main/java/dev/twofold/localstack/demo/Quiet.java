package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.QueueDepth;
import dev.twofold.localstack.stack.StackSettings;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Tells when nothing moves any more: no call to either side, no webhook and no task waiting. */
public final class Quiet {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final LoopbackHttp http;
  private final String hubSpot;
  private final String stripe;
  private final QueueDepth queues;

  /** What was counted at a moment. */
  private record Count(long calls, long waiting) {}

  /** Looks at the parts of a stack. */
  public Quiet(LoopbackHttp http, Addresses addresses, StackSettings settings) {
    this.http = http;
    this.hubSpot = addresses.of(Part.HUBSPOT);
    this.stripe = addresses.of(Part.STRIPE);
    this.queues = new QueueDepth(http, addresses, settings);
  }

  /** True once no call was made for that long; false when that does not happen in time. */
  public boolean await(Duration silence, Duration longest) throws InterruptedException {
    long begin = System.nanoTime();
    long silentSince = begin;
    Count last = count();
    while (System.nanoTime() - silentSince < silence.toNanos()) {
      if (System.nanoTime() - begin > longest.plus(silence).toNanos()) {
        return false;
      }
      Thread.sleep(BETWEEN_LOOKS);
      Count now = count();
      if (!now.equals(last) || now.waiting() > 0) {
        silentSince = System.nanoTime();
        last = now;
      }
    }
    return true;
  }

  /** All calls made to both sides so far. */
  public long calls() throws InterruptedException {
    return count().calls();
  }

  private Count count() throws InterruptedException {
    JsonNode first = stats(hubSpot);
    JsonNode second = stats(stripe);
    return new Count(
        first.path("calls").asLong() + second.path("calls").asLong(),
        first.path("webhooks").path("pending").asLong()
            + second.path("webhooks").path("pending").asLong()
            + queues.tasks());
  }

  private JsonNode stats(String base) throws InterruptedException {
    String url = base + "/_simulator/stats";
    return http.get(url).json("GET " + url);
  }
}
