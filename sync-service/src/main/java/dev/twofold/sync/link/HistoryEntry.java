package dev.twofold.sync.link;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a link: a notice, a decision, a write. Holds values, so it is erasable
 * and expires.
 *
 * @param what in one word: notice, decision, write, read, answer, parked, joined, unlinked, erased
 * @param details names to values, as a person would want to read them
 */
public record HistoryEntry(LinkId link, Instant at, String what, Map<String, String> details) {

  private static final String JOINED = "joined";
  private static final String WITH = "with";

  public HistoryEntry {
    details = Map.copyOf(details);
  }

  /** That another link was joined into this one. */
  public static HistoryEntry joined(LinkId link, Instant at, LinkId with) {
    return new HistoryEntry(link, at, JOINED, Map.of(WITH, with.value()));
  }

  /**
   * The link that was joined into this one by what is told here; null where it is another thing.
   */
  public @Nullable LinkId joined() {
    String with = details.get(WITH);
    return with == null || !what.equals(JOINED) ? null : new LinkId(with);
  }

  @Override
  public String toString() {
    return "HistoryEntry[" + link + ", " + at + ", " + what + "]";
  }
}
