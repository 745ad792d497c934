/**
 * The two systems as ports: one method is one call. What came of a call is a value; nothing is
 * retried below these ports, and nothing is decided there.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "failure"})
package dev.twofold.sync.side;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
