package dev.twofold.sync.watch;

import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens, so that it can be counted; the names of the figures are in {@code
 * docs/metrics.md}. Never throws, never waits, and every method may be called from any thread.
 */
public interface Watch {

  /** Nobody watches. */
  Watch NOBODY = new Watch() {};

  /** What became of notices of a delivery. */
  enum NoticeOutcome {
    MERGED,
    DROPPED,
    PARKED
  }

  /** What was called. */
  enum CallKind {
    CREATE,
    UPDATE,
    EVENT,
    READ,
    LIST
  }

  /** How a call ended for a record. */
  enum WriteOutcome {
    DONE,
    RETRY_ALONE,
    RETRY_ALL,
    PARKED,
    BROKEN
  }

  /**
   * Notices came to an end.
   *
   * @param tenant null where they lead to none of ours
   */
  default void noticed(@Nullable TenantId tenant, Side from, NoticeOutcome outcome, int notices) {}

  /**
   * Records were committed to the store.
   *
   * @param lost how many of them somebody else was faster with; they are done again
   */
  default void committed(int done, int lost) {}

  /** A call leaves, let go by that pacer. */
  default void calling(TenantId tenant, Side side, Pacer pacer) {}

  /** A call came to its end for so many records. */
  default void called(
      TenantId tenant, Side side, CallKind kind, WriteOutcome outcome, int records) {}

  /** A change became visible on that side, so long after it was made on the other one. */
  default void visible(TenantId tenant, Side on, Lane lane, Duration after) {}

  /** Something began to wait for a person, or did so again. */
  default void parked(TenantId tenant, Side side) {}

  /** A provider asked for fewer calls, naming that scope of its limits. */
  default void limited(TenantId tenant, Side side, String scope, Pacer pacer) {}

  /** Whether a provider lets us in. */
  default void connection(TenantId tenant, Side side, boolean broken) {}

  /** So many rows of work wait for HubSpot. */
  default void outbox(TenantId tenant, long rows) {}
}
