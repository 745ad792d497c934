/** Planted mistakes. */
@NullMarked
package dev.twofold.planted.unheardof;

import org.jspecify.annotations.NullMarked;
