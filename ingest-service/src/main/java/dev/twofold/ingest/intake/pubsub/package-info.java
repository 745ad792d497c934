/**
 * Publishes deliveries to Pub/Sub with Google's client, or to an emulator in plain text.
 *
 * <p>The client is opened beside the start, which never waits for it. Everything is bounded: an
 * answer comes within the given time, and nothing is kept for later once it has come.
 */
@NullMarked
package dev.twofold.ingest.intake.pubsub;

import org.jspecify.annotations.NullMarked;
