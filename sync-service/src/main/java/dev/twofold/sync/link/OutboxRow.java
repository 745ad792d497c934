package dev.twofold.sync.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of work for HubSpot: the mark's work of a link, or one purchase.
 *
 * @param task the number of the mark, or the id of the purchase
 * @param urgency 0 purchases and people, 1 single changes, 2 reads, 3 id write-back, 4 backfill
 * @param group rows of different groups never share a batch; used to find the bad row of a batch
 *     that was refused as a whole, empty otherwise
 * @param createdAt since when it waits, to tell a day of failures
 * @param trace the {@code traceparent} of the change it is for; null where nobody samples it
 */
public record OutboxRow(
    LinkId link,
    String task,
    WorkKind kind,
    int urgency,
    Instant dueAt,
    int attempts,
    String group,
    @Nullable String lastError,
    Instant createdAt,
    @Nullable String trace)
    implements Document {

  /** The least urgent level. */
  public static final int URGENCY_MAX = 4;

  public OutboxRow {
    if (urgency < 0 || urgency > URGENCY_MAX) {
      throw new IllegalArgumentException("urgency is 0 to 4, came " + urgency);
    }
  }

  /** The same row after a failed attempt. */
  public OutboxRow failed(String error, Instant nextDueAt) {
    return new OutboxRow(
        link, task, kind, urgency, nextDueAt, attempts + 1, group, error, createdAt, trace);
  }

  /** The same row in that group, tried again at once. */
  public OutboxRow inGroup(String changed, String error, Instant nextDueAt) {
    return new OutboxRow(
        link, task, kind, urgency, nextDueAt, attempts + 1, changed, error, createdAt, trace);
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.ofRow(link, task);
  }
}
