/**
 * The vocabulary every other package speaks: sides, records, fields, values and times.
 *
 * <p>Pure values without behaviour of the sync itself. Values never print what they hold, because
 * they are people's data.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.twofold.sync.record;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
