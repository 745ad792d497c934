/** Google's own emulators for tests: found where they are installed, started once for each JVM. */
@NullMarked
package dev.twofold.sync.emulator;

import org.jspecify.annotations.NullMarked;
