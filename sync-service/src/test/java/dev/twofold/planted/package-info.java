/**
 * Mistakes, one of every kind, planted so that the architecture rules can be seen to find them.
 *
 * <p>Laid out as the service is; never part of it, as it lies outside the service's root package.
 */
@NullMarked
package dev.twofold.planted;

import org.jspecify.annotations.NullMarked;
