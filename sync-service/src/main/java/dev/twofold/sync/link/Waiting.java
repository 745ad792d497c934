package dev.twofold.sync.link;

import dev.twofold.sync.record.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to be created once its mark or row is stored.
 *
 * @param task the number of the mark, or the id of the purchase
 * @param urgent whether a person waits for it
 * @param trace the {@code traceparent} of what it is for; null for none
 */
public record Waiting(
    LinkId link, Side side, String task, boolean urgent, Instant dueAt, @Nullable String trace) {

  /** One that belongs to no trace. */
  public Waiting(LinkId link, Side side, String task, boolean urgent, Instant dueAt) {
    this(link, side, task, urgent, dueAt, null);
  }
}
