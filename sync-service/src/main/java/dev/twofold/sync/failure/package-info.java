/**
 * What becomes of work that failed outside: the two exceptions, the stage they happened in, and the
 * four ways a piece of work can go on.
 *
 * <p>Every package may use it; it knows none of them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.twofold.sync.failure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
