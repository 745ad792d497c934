/**
 * Creates tasks in Google's Cloud Tasks, or in its emulator in plain text.
 *
 * <p>The client is opened by the first task, never by the start. Every call ends within a stated
 * time; names make it safe to repeat one whose answer was lost.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "failure", "dispatch"})
package dev.twofold.sync.dispatch.cloudtasks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
