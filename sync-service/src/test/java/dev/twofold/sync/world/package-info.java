/**
 * The whole system on one thread with virtual time: the production classes of reconcile, delivery
 * and the core over the simulators' engines, with models of Pub/Sub and Cloud Tasks between them.
 *
 * <p>Whatever waits is a virtual thread scheduled by {@link dev.twofold.sync.world.VirtualTime}; it
 * is switched only where the code waits, so that a seed repeats a run. Trouble is made at the
 * ports, before or after an effect. Nothing here sleeps.
 */
@NullMarked
package dev.twofold.sync.world;

import org.jspecify.annotations.NullMarked;
