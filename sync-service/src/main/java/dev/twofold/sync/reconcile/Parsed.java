package dev.twofold.sync.reconcile;

import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Map;

/**
 * What a delivery said.
 *
 * @param notices by tenant, in no particular order
 * @param unreadable why some of it could not be understood; those parts are to be parked
 * @param dropped how many notices were left out because they are our own or of no concern
 */
record Parsed(Map<TenantId, List<ChangeNotice>> notices, List<String> unreadable, int dropped) {

  Parsed {
    notices = Map.copyOf(notices);
    unreadable = List.copyOf(unreadable);
  }
}
