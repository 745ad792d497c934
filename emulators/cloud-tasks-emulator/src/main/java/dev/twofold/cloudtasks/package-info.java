/**
 * An emulator of Google Cloud Tasks for tests and local work.
 *
 * <p>{@code CloudTasksEmulator} starts it inside a process, {@code Main} from the command line. The
 * behaviour lives in {@code engine}, everything that touches network, files, threads and clocks in
 * {@code transport}. It depends on nothing else of this repository.
 */
@NullMarked
package dev.twofold.cloudtasks;

import org.jspecify.annotations.NullMarked;
