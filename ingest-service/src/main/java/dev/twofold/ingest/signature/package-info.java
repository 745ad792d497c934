/**
 * Says whether a delivery was signed by the provider it claims to come from.
 *
 * <p>Plain Java over raw bytes: no framework, no I/O, no clock of its own. What a delivery means
 * stays out. Every comparison with an expected signature takes the same time whatever was sent.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.twofold.ingest.signature;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
