package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.watch.Watch.CallKind;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is told of a call: its kind in the words of the figures, and the age of what it carries. */
final class Journal {

  private Journal() {}

  static CallKind kind(WorkKind kind) {
    return switch (kind) {
      case READ -> CallKind.READ;
      case CREATE -> CallKind.CREATE;
      case UPDATE -> CallKind.UPDATE;
      case EVENT -> CallKind.EVENT;
      case SETTLE -> throw new IllegalStateException("settling makes no call");
    };
  }

  /**
   * When the newest of the changes was made that a write of these properties carries across, on
   * their own side's clock; null where it carries none that somebody told us of, as a write of our
   * mark, a value written back, or what was there before the accounts were connected.
   */
  static @Nullable Instant changedAt(
      Link link, Side target, Set<String> written, Mappings mappings) {
    Instant newest = null;
    for (FieldMapping field : mappings.fields()) {
      if (Collections.disjoint(field.properties(target), written)) {
        continue;
      }
      for (String property : field.properties(target.other())) {
        Register register = link.side(target.other()).register(property);
        Stamp seen = register.seen();
        if (seen == null || seen.approximate() || !register.claimed()) {
          continue;
        }
        newest = newest == null || seen.at().isAfter(newest) ? seen.at() : newest;
      }
    }
    return newest;
  }
}
