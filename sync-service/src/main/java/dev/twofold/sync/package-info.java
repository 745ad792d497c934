/**
 * The sync service: turns notices of change into the fewest calls that make both sides equal.
 *
 * <p>This package holds only the application class. The core below it is plain Java; Spring and the
 * vendors' clients appear in adapter packages and configurations alone.
 */
@NullMarked
package dev.twofold.sync;

import org.jspecify.annotations.NullMarked;
