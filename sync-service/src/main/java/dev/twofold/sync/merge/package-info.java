/**
 * The merge: what each side is known to hold, which changes are unsettled, and who wins.
 *
 * <p>Pure functions over immutable values; every time is given. Taking in foreign notices is
 * order-free and repeat-free: a register moves only forward in its own side's time. Deciding looks
 * at registers and at the agreed value only, never at the order in which they came to be.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping"})
package dev.twofold.sync.merge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
