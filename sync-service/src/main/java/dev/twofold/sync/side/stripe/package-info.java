/**
 * Stripe's customers through Stripe's own library: one method, one HTTP request.
 *
 * <p>Values go in and out by their path, as fields are data. Every way a call can fail becomes a
 * {@link dev.twofold.sync.side.CallResult}; nothing is thrown, retried or logged here, as Stripe's
 * words may hold a person's data.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "failure", "tenant", "side"})
package dev.twofold.sync.side.stripe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
