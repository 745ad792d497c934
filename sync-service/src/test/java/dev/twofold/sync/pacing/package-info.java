/** Tests of the pacing; time is moved by hand. */
@NullMarked
package dev.twofold.sync.pacing;

import org.jspecify.annotations.NullMarked;
