/**
 * Notices in, marked work out: reads the providers' own JSON, merges what it says into the links
 * and commits, many notices at a time.
 *
 * <p>No call to a provider is made here. A notice that cannot be understood is parked, the others
 * of its delivery go on.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "record",
      "failure",
      "mapping",
      "merge",
      "tenant",
      "link",
      "side",
      "dispatch",
      "role",
      "watch"
    })
package dev.twofold.sync.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
