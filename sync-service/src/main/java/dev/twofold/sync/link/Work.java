package dev.twofold.sync.link;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one call a side still needs, or the settling that needs none.
 *
 * @param values the properties to write, by their name on that side
 * @param basedOn per written property the newest foreign change known
 * @param mark the other record's id to write as our mark; null to leave it
 */
public record Work(
    WorkKind kind,
    Map<String, String> values,
    Map<String, Instant> basedOn,
    @Nullable String mark) {

  /** Read the record. */
  static final Work READ = new Work(WorkKind.READ, Map.of(), Map.of(), null);

  /** Record what both hold. */
  static final Work SETTLE = new Work(WorkKind.SETTLE, Map.of(), Map.of(), null);

  public Work {
    values = Map.copyOf(values);
    basedOn = Map.copyOf(basedOn);
  }

  /** Whether it is a call that changes something. */
  public boolean isWrite() {
    return kind == WorkKind.CREATE || kind == WorkKind.UPDATE;
  }

  /** Whether only our mark is to be written. */
  public boolean isMarkOnly() {
    return kind == WorkKind.UPDATE && values.isEmpty();
  }

  /** Tells this write from any other one, without holding its values. */
  public String fingerprint() {
    return DocumentKey.hash(kind + "|" + mark + "|" + new TreeMap<>(values));
  }

  @Override
  public String toString() {
    return "Work[" + kind + ", " + values.keySet() + "]";
  }
}
