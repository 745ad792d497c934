/**
 * What the service says about itself while it works: figures, and to which trace a piece of work
 * belongs. Ports only.
 *
 * <p>Whoever listens decides nothing: work goes the same way whether or not anybody watches.
 * Nothing told here holds a value of a person; ids, outcomes and times only.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "pacing"})
package dev.twofold.sync.watch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
