/** Planted mistakes. */
@NullMarked
package dev.twofold.planted.delivery;

import org.jspecify.annotations.NullMarked;
