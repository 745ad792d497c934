/**
 * The commands behind {@code emulators/up} and {@code emulators/demo}: options in, words on the
 * terminal out. What they do is done elsewhere.
 */
@NullMarked
package dev.twofold.localstack.cli;

import org.jspecify.annotations.NullMarked;
