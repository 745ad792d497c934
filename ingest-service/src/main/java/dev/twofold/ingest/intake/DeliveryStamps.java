package dev.twofold.ingest.intake;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns a proven body into a message: a new id, the time of receipt, the current trace. */
public final class DeliveryStamps {

  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Supplier<Optional<String>> traceparents;

  public DeliveryStamps(
      InstantSource clock, Supplier<UUID> ids, Supplier<Optional<String>> traceparents) {
    this.clock = clock;
    this.ids = ids;
    this.traceparents = traceparents;
  }

  DeliveryMessage stamp(Provider provider, String tenant, RawBody body) {
    return new DeliveryMessage(
        ids.get().toString(),
        provider,
        tenant,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        traceparents.get(),
        body);
  }
}
