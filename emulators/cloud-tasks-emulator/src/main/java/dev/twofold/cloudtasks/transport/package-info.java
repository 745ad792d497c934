/**
 * The engine's connection to the world: gRPC and REST on one port, the calls it makes, its timer.
 *
 * <p>Nothing here decides how Cloud Tasks behaves. One lock, in {@code EngineHost}, guards the
 * engine; nothing is called while it is held but the engine and its journal.
 */
@NullMarked
package dev.twofold.cloudtasks.transport;

import org.jspecify.annotations.NullMarked;
