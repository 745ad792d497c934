package dev.twofold.sync.role;

/** What a process does. Locally one process has every role. */
public enum Role {
  /** Takes notices in and plans writes; scales with the load and holds no credential. */
  NOTICES,
  /** Calls the providers, and serves the operator; runs as one instance, because it paces. */
  WRITES
}
