/** How deliveries go out to a receiver; of use to whatever stands in for a sender. */
@NullMarked
package dev.twofold.simulators.http;

import org.jspecify.annotations.NullMarked;
