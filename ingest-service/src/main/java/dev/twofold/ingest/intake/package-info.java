/**
 * One webhook delivery from arrival to acknowledgement: check, publish, wait, answer.
 *
 * <p>Ports: {@link dev.twofold.ingest.intake.MessagePublisher} and {@link
 * dev.twofold.ingest.intake.DeliveryBody}. What the notices inside a delivery mean stays out.
 * Invariant: a delivery is accepted only after the publisher acknowledged its very bytes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "signature")
package dev.twofold.ingest.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
