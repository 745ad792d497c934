/**
 * Sends figures and spans to Google Cloud's Telemetry API, as the service's own account.
 *
 * <p>Only in the profile {@code cloud}. Credentials are looked for when something is first sent,
 * never at the start; what cannot be sent is dropped and said so in the log.
 */
@NullMarked
package dev.twofold.ingest.intake.telemetry;

import org.jspecify.annotations.NullMarked;
