/** Planted mistakes: an adapter for a use case to know. */
@NullMarked
package dev.twofold.planted.role;

import org.jspecify.annotations.NullMarked;
