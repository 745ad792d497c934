package dev.twofold.sync.link;

import dev.twofold.sync.record.Lane;
import java.time.Instant;

/**
 * Work that waits for one side of a link. The task that carries it out bears this number in its
 * name; it ends only by a commit that clears the mark or raises the number.
 */
public record TaskMark(long number, WorkKind kind, Lane lane, Instant dueAt) {

  /** The same work, not before that time. */
  public TaskMark dueAt(Instant changed) {
    return new TaskMark(number, kind, lane, changed);
  }
}
