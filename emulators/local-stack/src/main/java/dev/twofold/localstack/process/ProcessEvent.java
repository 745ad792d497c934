package dev.twofold.localstack.process;

import java.nio.file.Path;
import java.time.Duration;

/** Something that happened to a supervised process and that a person may want to know. */
public sealed interface ProcessEvent {
  /** The process it happened to. */
  String name();

  /** It runs. {@code start} counts from 1; anything above is a restart. */
  record Started(String name, long pid, int start) implements ProcessEvent {}

  /** It ended though nobody asked it to, and is started again after the wait. */
  record Died(String name, int exitCode, Duration restartAfter, Path log) implements ProcessEvent {}

  /** It could not even be started; tried again after the wait. */
  record FailedToStart(String name, String reason, Duration restartAfter) implements ProcessEvent {}

  /** It ended because it was asked to; {@code forced} when it had to be killed. */
  record Stopped(String name, boolean forced) implements ProcessEvent {}

  /** The guard against orphans is gone and could not be replaced. */
  record Unguarded(String name, String reason) implements ProcessEvent {}

  /** Its log cannot be written, and what it says from now on is gone. */
  record LogLost(String name, String reason) implements ProcessEvent {}
}
