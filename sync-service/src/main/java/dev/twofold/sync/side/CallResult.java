package dev.twofold.sync.side;

import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Snapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one call about one record. */
public sealed interface CallResult {

  /**
   * It worked, and the side showed the record. The snapshot may bear another id than was asked for
   * where the record was merged away. A write's snapshot holds what the answer showed, which may be
   * less than the record.
   */
  record Shown(Snapshot snapshot, CallSpan span) implements CallResult {}

  /** It worked, and there is nothing to show, as for an event sent. */
  record Accepted() implements CallResult {}

  /** There is no such record, or it was deleted. Nothing was changed. */
  record Gone(String words) implements CallResult {}

  /** The side refuses these values, now and always; nothing was changed. */
  record Refused(@Nullable String field, String words) implements CallResult {}

  /**
   * A create clashed with a record that is there: by its e-mail address, or by the unique property
   * that carries our mark. Nothing was changed.
   *
   * @param existing its id, where the side says it
   */
  record Exists(@Nullable RecordId existing, String words) implements CallResult {}

  /** The stored outcome of an earlier attempt was a failure: what it did can only be read. */
  record FailedBefore(String words) implements CallResult {}

  /** Whether it took effect is not known: a time-out, a broken connection, a single 5xx. */
  record Unknown(String words) implements CallResult {}

  /** The record is busy; nothing was changed. */
  record Locked(String words) implements CallResult {}

  /**
   * The side asks for fewer calls; nothing was changed.
   *
   * @param scope which of its limits, in its words
   * @param after how long it asks to wait; null where it does not say
   */
  record Limited(String scope, @Nullable Duration after) implements CallResult {}

  /** The side is down; whether the call took effect is not known. */
  record Down(String words) implements CallResult {}

  /** The account does not have what was called for; nothing was changed, and the rest works. */
  record Unavailable(String words) implements CallResult {}

  /** The side does not let us in: the credential or a right is missing. Nothing was changed. */
  record Denied(String words) implements CallResult {}
}
