/**
 * Counts and traces with Micrometer, and sends both to Google Cloud where that is wanted.
 *
 * <p>The names of the figures are in {@code docs/metrics.md}; a test keeps the two equal. Tags are
 * bounded. Nothing here waits for anybody: what cannot be sent is dropped.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "pacing", "watch"})
package dev.twofold.sync.watch.micrometer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
