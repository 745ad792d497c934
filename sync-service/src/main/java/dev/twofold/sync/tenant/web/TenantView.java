package dev.twofold.sync.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.Indexing;
import dev.twofold.sync.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as an operator sees it.
 *
 * @param missing names of settings without which it cannot be connected
 * @param progress of the listing, by side
 * @param limits calls a second its accounts allow, by side, where they differ from the settings
 * @param backlog work that is known and not done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TenantView(
    String tenant,
    String state,
    @Nullable String reason,
    @Nullable String brokenSide,
    String mode,
    List<String> missing,
    Map<String, Progress> progress,
    Map<String, Integer> limits,
    long backlog,
    int mappingVersion,
    @Nullable Instant connectedAt) {

  /** How far the listing of one side is. */
  record Progress(int page, long records, boolean complete) {}

  static TenantView of(Tenant tenant, List<String> missing, long backlog) {
    Map<String, Progress> progress = new TreeMap<>();
    Map<String, Integer> limits = new TreeMap<>();
    for (Side side : Side.values()) {
      Indexing indexing = tenant.indexing(side);
      progress.put(
          side.label(), new Progress(indexing.page(), indexing.records(), indexing.complete()));
      Integer limit = tenant.limits().get(side);
      if (limit != null) {
        limits.put(side.label(), limit);
      }
    }
    Side broken = tenant.brokenSide();
    return new TenantView(
        tenant.id().value(),
        word(tenant.state()),
        tenant.reason(),
        broken == null ? null : broken.label(),
        word(tenant.mode()),
        missing,
        progress,
        limits,
        backlog,
        tenant.mappingVersion(),
        tenant.connectedAt());
  }

  /** The constant as it is written in URLs and bodies, such as {@code match-only}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode of that word; null where there is none. */
  static @Nullable ConnectMode mode(String word) {
    for (ConnectMode mode : ConnectMode.values()) {
      if (word(mode).equals(word)) {
        return mode;
      }
    }
    return null;
  }
}
