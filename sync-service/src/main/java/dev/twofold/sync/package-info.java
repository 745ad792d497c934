/** Root of the sync service. */
@org.jspecify.annotations.NullMarked
package dev.twofold.sync;
