/**
 * Which field meets which, and what its values mean: kinds, directions, policies, and the version
 * they form together.
 *
 * <p>Fields are data. Nothing here knows links, times or calls. A value is only ever written when
 * {@link FieldKind#problem} has nothing to say about its trip there and back.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record"})
package dev.twofold.sync.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
