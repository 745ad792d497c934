/**
 * Write tasks in, one call out, the answer recorded: Stripe's writes, HubSpot's drains, the listing
 * of accounts that are being connected, and the sweep.
 *
 * <p>What came of a call is a value, and every one has a decided outcome. A task ends only after a
 * commit that clears its mark or raises its number.
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
      "pacing",
      "role",
      "watch"
    })
package dev.twofold.sync.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
