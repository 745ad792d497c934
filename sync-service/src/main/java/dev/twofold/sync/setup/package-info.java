/**
 * The command {@code setup}: makes in HubSpot what the sync needs, for every tenant, as often as
 * one likes.
 *
 * <p>It needs the tenants' settings and HubSpot; no store, no queue and no web server.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "role", "tenant", "side"})
package dev.twofold.sync.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
