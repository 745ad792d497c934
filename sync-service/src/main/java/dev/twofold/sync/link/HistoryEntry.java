package dev.twofold.sync.link;

import java.time.Instant;
import java.util.Map;

/**
 * One thing that happened to a link: a notice, a decision, a write. Holds values, so it is erasable
 * and expires.
 *
 * @param what in one word: notice, decision, write, read, answer, parked, joined, unlinked, erased
 * @param details names to values, as a person would want to read them
 */
public record HistoryEntry(LinkId link, Instant at, String what, Map<String, String> details) {

  public HistoryEntry {
    details = Map.copyOf(details);
  }

  @Override
  public String toString() {
    return "HistoryEntry[" + link + ", " + at + ", " + what + "]";
  }
}
