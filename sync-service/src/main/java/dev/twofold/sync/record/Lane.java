package dev.twofold.sync.record;

/** How urgent a write is: a person waits for it, or a machine made it. */
public enum Lane {
  EXPRESS,
  BULK;

  /** The more urgent of two. */
  public Lane urgent(Lane other) {
    return this == EXPRESS || other == EXPRESS ? EXPRESS : BULK;
  }
}
