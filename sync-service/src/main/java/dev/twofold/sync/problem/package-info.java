/**
 * How a person or a program is told what went wrong: RFC 9457 problem bodies, with a stable name, a
 * reason and what can be done.
 *
 * <p>For the operator's endpoints. What the queues are told is a status alone and is decided by
 * {@code failure}; the advice here leaves those endpoints to themselves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"failure"})
package dev.twofold.sync.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
