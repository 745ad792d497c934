package dev.twofold.ingest.intake;

import java.time.Duration;

/**
 * What one delivery, and all of them together, may cost.
 *
 * @param inHandMax deliveries between the first byte of their body and their answer
 * @param busyWait how long one more delivery waits for its turn
 */
public record IntakeLimits(
    int inHandMax, Duration busyWait, int bodyBytesMax, Duration acknowledgeWithin) {}
