package dev.twofold.sync.link;

import dev.twofold.sync.record.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which link owns a record, and whether it is there. Made with {@code create()}, so that of two who
 * find the same new record only one claims it.
 *
 * @param link its owner; kept after a deletion, so that a restored record finds its link again;
 *     null where a deletion was heard of first
 * @param deleted whether that side has deleted it
 * @param lifeAt when it was last deleted or restored, on that side's clock; null while neither was
 * @param mergedInto the record that took its place, where it was merged away
 * @param erased whether a person's data was to be forgotten; nothing is ever learnt of it again
 */
public record RecordClaim(
    RecordId record,
    @Nullable LinkId link,
    boolean deleted,
    @Nullable Instant lifeAt,
    @Nullable RecordId mergedInto,
    boolean erased)
    implements Document {

  /** A living record of that link. */
  public static RecordClaim of(RecordId record, LinkId link) {
    return new RecordClaim(record, link, false, null, null, false);
  }

  /** The same record owned by that link. */
  public RecordClaim ownedBy(@Nullable LinkId owner) {
    return new RecordClaim(record, owner, deleted, lifeAt, mergedInto, erased);
  }

  /**
   * The same record, deleted or restored at that time, unless something later is known. Of two at
   * one time the restoration counts: only what was deleted is restored.
   */
  public RecordClaim living(boolean gone, Instant at) {
    boolean older =
        lifeAt != null && (at.isBefore(lifeAt) || (at.equals(lifeAt) && gone && !deleted));
    return older ? this : new RecordClaim(record, link, gone, at, mergedInto, erased);
  }

  /** The same record, merged into another. */
  public RecordClaim mergedInto(RecordId survivor, Instant at) {
    return new RecordClaim(record, link, true, at, survivor, erased);
  }

  /** The same record, to be forgotten. */
  public RecordClaim erased(Instant at) {
    return new RecordClaim(record, link, true, at, mergedInto, true);
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.of(record);
  }
}
