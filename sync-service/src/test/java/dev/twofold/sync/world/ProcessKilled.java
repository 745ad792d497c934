package dev.twofold.sync.world;

/** The process a thread belonged to has been killed; nobody catches this but the scheduler. */
final class ProcessKilled extends Error {

  private static final long serialVersionUID = 1L;

  ProcessKilled(String process) {
    super(process + " was killed", null, false, false);
  }
}
