/**
 * HubSpot as far as contacts, their properties and custom events go, as plain state and rules.
 * Single threaded by contract: callers hold a lock or own the only thread. No sockets, no clock of
 * its own.
 */
@NullMarked
package dev.twofold.simulators.hubspot.engine;

import org.jspecify.annotations.NullMarked;
