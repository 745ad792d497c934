/**
 * Reads secrets that settings name, from Google's Secret Manager.
 *
 * <p>A secret that is not there for us is an answer; a store that cannot be asked stops the start,
 * because nobody would ask again later. Values are neither logged nor kept here.
 */
@NullMarked
package dev.twofold.ingest.intake.secret;

import org.jspecify.annotations.NullMarked;
