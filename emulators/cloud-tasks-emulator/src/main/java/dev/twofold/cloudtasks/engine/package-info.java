/**
 * The behaviour of Cloud Tasks as plain Java: queues, token bucket, retries, tombstones.
 *
 * <p>No clock, no thread and no network live here. Every call that depends on time takes it as an
 * argument, so that a simulation can drive the engine on one thread with virtual time. The caller
 * makes the calls that {@code dueDispatches} hands out and reports their answers. The engine is not
 * thread-safe: whoever shares it holds one lock around every call.
 */
@NullMarked
package dev.twofold.cloudtasks.engine;

import org.jspecify.annotations.NullMarked;
