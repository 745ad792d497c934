/**
 * Stand-ins for HubSpot and Stripe, in process or from the command line. Each simulator is an
 * engine (pure, driven by hand) behind a small HTTP server. Nothing here ships inside a service.
 */
@NullMarked
package dev.twofold.simulators;

import org.jspecify.annotations.NullMarked;
