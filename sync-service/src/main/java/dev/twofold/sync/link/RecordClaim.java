package dev.twofold.sync.link;

import dev.twofold.sync.record.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which link owns a record. Made with {@code create()}, so that of two who find the same new record
 * only one claims it.
 *
 * @param link its owner; kept after a deletion, so that a restored record finds its link again
 * @param deletedAt when that side deleted it, on that side's clock; null while it is there
 * @param mergedInto the record that took its place, where it was merged away
 * @param erased whether a person's data was to be forgotten; nothing is ever learnt of it again
 */
public record RecordClaim(
    RecordId record,
    LinkId link,
    @Nullable Instant deletedAt,
    @Nullable RecordId mergedInto,
    boolean erased)
    implements Document {

  @Override
  public DocumentKey key() {
    return DocumentKey.of(record);
  }
}
