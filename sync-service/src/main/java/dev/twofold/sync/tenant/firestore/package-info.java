/**
 * Keeps tenants, their mappings and the register of writes processes in Firestore.
 *
 * <p>A tenant is changed by comparing and setting its version; a version of mappings is made once
 * and never changed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"tenant", "record", "mapping", "failure", "firestore"})
package dev.twofold.sync.tenant.firestore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
