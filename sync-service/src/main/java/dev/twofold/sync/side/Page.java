package dev.twofold.sync.side;

import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of listing one page of a side's records. */
public sealed interface Page {

  /**
   * The records.
   *
   * @param next where the next page begins; null when this was the last
   */
  record Listed(List<Snapshot> records, @Nullable String next, CallSpan span) implements Page {
    public Listed {
      records = List.copyOf(records);
    }
  }

  /** It did not work. */
  record Failed(CallResult result) implements Page {}
}
