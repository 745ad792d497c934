package dev.twofold.sync.tenant;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connected pair of accounts.
 *
 * @param reason why it is unconnected, paused or broken, for a person; null when it is neither
 * @param brokenSide the side that refused us; null unless broken
 * @param limits calls in any second that a side's account allows, where it differs from the
 *     settings
 * @param mappingVersion the mappings in force
 * @param run rises with every {@code connect}, so that the page tasks of two runs never share names
 * @param indexing how far the listing of each side is
 * @param connectedAt when the running or last {@code connect} began; null before the first
 */
public record Tenant(
    TenantId id,
    TenantState state,
    @Nullable String reason,
    @Nullable Side brokenSide,
    ConnectMode mode,
    Map<Side, Integer> limits,
    int mappingVersion,
    int run,
    Map<Side, Indexing> indexing,
    @Nullable Instant connectedAt) {

  public Tenant {
    limits = Map.copyOf(limits);
    indexing = Map.copyOf(indexing);
  }

  /** A tenant nobody has connected yet. */
  public static Tenant unconnected(TenantId id, String reason) {
    return new Tenant(
        id,
        TenantState.UNCONNECTED,
        reason,
        null,
        ConnectMode.MATCH_ONLY,
        Map.of(),
        1,
        0,
        Map.of(),
        null);
  }

  /**
   * Records made before then are left alone where nothing matches them; null where whatever is
   * missing is made.
   */
  public @Nullable Instant matchesOnlyBefore() {
    return mode == ConnectMode.MATCH_ONLY ? connectedAt : null;
  }

  /** The same tenant with other mappings in force. */
  public Tenant mappedBy(int version) {
    return new Tenant(
        id, state, reason, brokenSide, mode, limits, version, run, indexing, connectedAt);
  }

  /** How far the listing of that side is. */
  public Indexing indexing(Side side) {
    return indexing.getOrDefault(side, Indexing.START);
  }

  /** The same tenant in another state. */
  public Tenant in(TenantState changed, @Nullable String why, @Nullable Side broken) {
    return new Tenant(
        id, changed, why, broken, mode, limits, mappingVersion, run, indexing, connectedAt);
  }

  /** The same tenant at the beginning of a new listing. */
  public Tenant connecting(ConnectMode chosen, Instant now) {
    return new Tenant(
        id,
        TenantState.INDEXING,
        null,
        null,
        chosen,
        limits,
        mappingVersion,
        run + 1,
        Map.of(Side.HUBSPOT, Indexing.START, Side.STRIPE, Indexing.START),
        now);
  }

  /** The same tenant with the listing of that side so far. */
  public Tenant indexed(Side side, Indexing progress) {
    Map<Side, Indexing> changed = new EnumMap<>(Side.class);
    changed.putAll(indexing);
    changed.put(side, progress);
    return new Tenant(
        id, state, reason, brokenSide, mode, limits, mappingVersion, run, changed, connectedAt);
  }
}
