/** The engine's laws and named cases, all on virtual time. */
@NullMarked
package dev.twofold.cloudtasks.engine;

import org.jspecify.annotations.NullMarked;
