/**
 * Tenants: a connected pair of accounts, the state it is in, its limits and its mappings.
 *
 * <p>Missing credentials are a state and never a failed start. Credentials themselves stay behind
 * the port {@link dev.twofold.sync.tenant.Connections}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "failure"})
package dev.twofold.sync.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
