/** Calls, tokens, files and filters, each by itself. */
@NullMarked
package dev.twofold.cloudtasks.transport;

import org.jspecify.annotations.NullMarked;
