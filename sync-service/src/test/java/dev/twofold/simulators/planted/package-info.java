/** Stands in for a class of the emulators, for the architecture rules to find. */
@NullMarked
package dev.twofold.simulators.planted;

import org.jspecify.annotations.NullMarked;
