/**
 * The benchmark: brings bursts over a stack of its own and measures what became of them, from the
 * simulators' own records of what they sent and what changed in them. {@link
 * dev.twofold.localstack.burst.Burst} plays a scenario; what it finds is a {@link
 * dev.twofold.localstack.burst.BurstReport}. Measures and judges; mends nothing, and reaches into
 * no service.
 */
@NullMarked
package dev.twofold.localstack.burst;

import org.jspecify.annotations.NullMarked;
