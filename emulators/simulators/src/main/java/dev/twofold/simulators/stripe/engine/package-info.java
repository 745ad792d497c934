/**
 * Stripe as far as customers, events and simple purchases go, as plain state and rules. Single
 * threaded by contract: callers hold a lock or own the only thread. No sockets, no clock of its
 * own.
 */
@NullMarked
package dev.twofold.simulators.stripe.engine;

import org.jspecify.annotations.NullMarked;
