/**
 * HTTP over the engines: the vendor's API, the page, the control API, and the threads that send
 * webhooks. With {@code http}, by which they send, the only place of this module with sockets,
 * threads and the machine's clock.
 */
@NullMarked
package dev.twofold.simulators.transport;

import org.jspecify.annotations.NullMarked;
