/**
 * Child processes under supervision: started, logged into capped files, started again when they
 * die, stopped in order, and not left behind when the launcher itself is killed. Knows nothing of
 * what the processes are.
 */
@NullMarked
package dev.twofold.localstack.process;

import org.jspecify.annotations.NullMarked;
