/**
 * The operator's endpoints for a tenant: how it stands, connect, pause and resume, and what is
 * mapped.
 *
 * <p>Nothing is decided here; commands go through {@link dev.twofold.sync.tenant.TenantCommands}
 * and {@link dev.twofold.sync.tenant.TenantMappings}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "role", "problem", "tenant"})
package dev.twofold.sync.tenant.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
