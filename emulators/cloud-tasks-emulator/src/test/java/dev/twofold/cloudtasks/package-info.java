/** The emulator as Google's own clients see it. */
@NullMarked
package dev.twofold.cloudtasks;

import org.jspecify.annotations.NullMarked;
