package dev.twofold.sync.delivery;

import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.Sending;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one way to a provider: each call waits for its account's pacer, and tells it when the request
 * has really gone out.
 */
final class PacedCalls {

  /**
   * A call that was made.
   *
   * @param begun when it was let go
   */
  record Made<T>(T result, Instant begun) {}

  private final Desk desk;
  private final Pacers pacers;

  PacedCalls(Desk desk, Pacers pacers) {
    this.desk = desk;
    this.pacers = pacers;
  }

  /** Makes one call; empty where it would have had to wait too long, and was not made. */
  <T> Optional<Made<T>> make(TenantId tenant, Side side, Lane lane, Supplier<T> call) {
    Pacer pacer = pacers.of(tenant, side);
    return pacer.call(
        lane,
        sent -> {
          desk.watch().calling(tenant, side, pacer);
          Instant begun = desk.parts().clock().instant();
          return new Made<>(Sending.telling(sent, call), begun);
        });
  }
}
