/** Planted mistakes. */
@NullMarked
package dev.twofold.planted.reconcile;

import org.jspecify.annotations.NullMarked;
