package dev.twofold.sync.side;

import java.util.List;

/** What came of one call about several records. */
public sealed interface BatchResult {

  /** Each row has its own result, in the order of the request. */
  record Rows(List<CallResult> results) implements BatchResult {
    public Rows {
      results = List.copyOf(results);
    }
  }

  /**
   * The call as a whole had one result, such as a refusal that names no row, a limit or an outage.
   */
  record Whole(CallResult result) implements BatchResult {}
}
