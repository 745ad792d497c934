package dev.twofold.sync.failure;

/** Where in the work something outside failed; it decides whether repeating is safe. */
public enum Stage {
  /** While reading what is stored: nothing happened. */
  LOADING,
  /** During a call to a provider: its effect is not known. */
  CALLING,
  /** While storing: all or nothing of the commit happened. */
  RECORDING,
  /** While creating tasks: the commit happened, the task may be missing. */
  DISPATCHING
}
