package dev.twofold.sync.link;

import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;

/**
 * What an operator may have done with a link. Doing it twice is doing it once. May throw {@link
 * dev.twofold.sync.failure.RetryableFailure} when the store cannot be reached.
 */
public interface LinkCommands {

  /** What came of a command. */
  enum Outcome {
    /** It is stored, and what follows from it is on its way. */
    DONE,
    /** There is no such link. */
    NO_LINK,
    /** The mappings in force have no such field. */
    NO_FIELD,
    /** There is nothing of that kind to be done. */
    NOTHING_TO_DO,
    /** The field's direction does not let the other side be written. */
    AGAINST_DIRECTION
  }

  /** Lets a frozen link go on. */
  Outcome unfreeze(TenantId tenant, LinkId link);

  /**
   * Decides a conflict that waits for a person, or a difference that a changed mapping uncovered:
   * the value that side holds now is to stand on both.
   */
  Outcome resolve(TenantId tenant, LinkId link, FieldName field, Side winner);
}
