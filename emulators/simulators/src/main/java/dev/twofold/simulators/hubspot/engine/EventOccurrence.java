package dev.twofold.simulators.hubspot.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One custom event that was accepted; {@code contactId} is null where no contact was found. */
public record EventOccurrence(
    String uuid,
    String eventName,
    @Nullable Long contactId,
    Instant occurredAt,
    Instant receivedAt,
    Map<String, String> properties) {}
