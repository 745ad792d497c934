/**
 * Tenants and their credentials from this process's settings.
 *
 * <p>A secret that is not set leaves its tenant unconnected and never stops the start. Credentials
 * are bound in processes that write, and nowhere else; they print as set or unset.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "role", "tenant"})
package dev.twofold.sync.tenant.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
