/**
 * The HTTP side of the intake: two webhook addresses, bodies read under a cap, problem answers.
 *
 * <p>Decides nothing about a delivery. Every refusal, the container's own included, leaves as an
 * RFC 9457 problem that repeats nothing of the request.
 */
@NullMarked
package dev.twofold.ingest.intake.web;

import org.jspecify.annotations.NullMarked;
