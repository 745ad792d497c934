/** Planted mistakes. */
@NullMarked
package dev.twofold.planted.merge;

import org.jspecify.annotations.NullMarked;
