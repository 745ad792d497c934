/**
 * Tasks: what waits in which queue, under which name. Names carry no personal data and begin with
 * hash digits, because rising names make one hot range.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "link", "failure"})
package dev.twofold.sync.dispatch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
