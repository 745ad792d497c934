/** Planted mistakes: says that it needs nothing, and uses {@code reconcile}. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.twofold.planted.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
