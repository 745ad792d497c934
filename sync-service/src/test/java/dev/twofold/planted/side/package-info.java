/** Planted mistakes. */
@NullMarked
package dev.twofold.planted.side;

import org.jspecify.annotations.NullMarked;
