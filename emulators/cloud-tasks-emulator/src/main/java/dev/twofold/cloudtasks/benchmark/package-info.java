/**
 * Measures the emulator on the machine at hand: creation, memory, and how well rates are kept.
 *
 * <p>It talks to an emulator of its own over gRPC and HTTP, as an application would.
 */
@NullMarked
package dev.twofold.cloudtasks.benchmark;

import org.jspecify.annotations.NullMarked;
