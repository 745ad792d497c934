/**
 * HubSpot's contacts and custom events over a small typed interface of our own: one method, one
 * HTTP request.
 *
 * <p>Contacts travel in batches whose rows are told apart by trace id. Every way a call can fail
 * becomes a {@link dev.twofold.sync.side.CallResult}; nothing is retried here, and no address is
 * put into a URL or a log.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "failure", "tenant", "side"})
package dev.twofold.sync.side.hubspot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
