package dev.twofold.sync.merge;

/** What the registers of one side stand for when they hold nothing. */
public enum Knowledge {
  /** There is no record on that side. */
  ABSENT,
  /** There is one, and what is not known of it must be read before it is written. */
  PARTIAL,
  /** There is one, and whatever nobody has told us is blank. */
  COMPLETE
}
