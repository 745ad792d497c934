package dev.twofold.sync.mapping;

/** What becomes of a value that somebody cleared on one side. */
public enum Clearing {
  /** It is cleared on the other side too. E-mail addresses never are. */
  PROPAGATE,
  /** The other side keeps it. */
  IGNORE
}
