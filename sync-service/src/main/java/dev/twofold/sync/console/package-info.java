/**
 * The operator's view of a link: who is whom, what each side is known to hold, what was decided and
 * why, what waits, and what happened.
 *
 * <p>Changes nothing itself: what an operator decides goes through {@link
 * dev.twofold.sync.link.LinkCommands}. It shows people's values, so its answers are never cached,
 * never logged, and given only to those whom {@code access} lets in.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"record", "mapping", "merge", "link", "tenant", "role", "problem"})
package dev.twofold.sync.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
