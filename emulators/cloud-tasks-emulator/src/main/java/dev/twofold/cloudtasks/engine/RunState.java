package dev.twofold.cloudtasks.engine;

/** Whether a queue hands out its tasks. A paused queue still takes new ones. */
public enum RunState {
  RUNNING,
  PAUSED,
  DISABLED
}
