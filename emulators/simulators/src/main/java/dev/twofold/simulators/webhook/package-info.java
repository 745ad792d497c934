/**
 * How notifications leave a vendor: grouped, signed per attempt, retried, repeated and disordered.
 * Pure: {@link dev.twofold.simulators.webhook.WebhookSchedule} says what is due and takes answers;
 * sending belongs to the transport or to a simulation.
 */
@NullMarked
package dev.twofold.simulators.webhook;

import org.jspecify.annotations.NullMarked;
