/**
 * Takes HubSpot's and Stripe's webhooks in, proves them, and publishes each as one message.
 *
 * <p>This package holds the start of the service and nothing else. Records, merging and writing are
 * the sync service's; the two meet only in the published message.
 */
@NullMarked
package dev.twofold.ingest;

import org.jspecify.annotations.NullMarked;
