/**
 * What this process is there for: taking notices in, writing to the providers, or both.
 *
 * <p>Beans of one role carry {@link dev.twofold.sync.role.InRole}; a process without the role never
 * makes them, so that one that only takes notices in cannot even ask for a provider's credential.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.twofold.sync.role;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
