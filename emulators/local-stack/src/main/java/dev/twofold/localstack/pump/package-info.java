/**
 * Pushes a subscription's messages as the Pub/Sub service does, in place of the official emulator,
 * which keeps only two pushes in flight and forgets messages under a retry policy. Pulls, pushes
 * within a window that grows and shrinks, repeats with backoff, and puts away what is refused too
 * often. {@link dev.twofold.localstack.pump.PushWindow} and {@link
 * dev.twofold.localstack.pump.PushPlan} are plain; threads and HTTP are in {@link
 * dev.twofold.localstack.pump.PushPump} and below it. Knows nothing of the stack.
 */
@NullMarked
package dev.twofold.localstack.pump;

import org.jspecify.annotations.NullMarked;
