/**
 * The operator's endpoints for a tenant: how it stands, connect, pause and resume.
 *
 * <p>Nothing is decided here; commands go through {@link dev.twofold.sync.tenant.TenantCommands}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "role", "problem", "tenant"})
package dev.twofold.sync.tenant.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
