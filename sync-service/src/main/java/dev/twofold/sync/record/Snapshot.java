package dev.twofold.sync.record;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a call or list showed it: the mapped properties by their name on that side, blank
 * where the side has none; when the side says it was created; and the id of the other side's record
 * that our mark on it names (empty when it carries no mark, null when the call did not show it).
 */
public record Snapshot(
    RecordId id,
    Map<String, String> properties,
    @Nullable Instant createdAt,
    @Nullable String mark) {

  public Snapshot {
    properties = Map.copyOf(properties);
  }

  @Override
  public String toString() {
    return "Snapshot[" + id + ", " + properties.keySet() + "]";
  }
}
