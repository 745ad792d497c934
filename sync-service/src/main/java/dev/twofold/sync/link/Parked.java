package dev.twofold.sync.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write that a provider refused: what it was, why it was refused in the provider's words, and the
 * field if one was named. It goes again when it would be a different write, or when a person says
 * so.
 *
 * @param fingerprint of the refused values, to tell whether the record has changed since
 */
public record Parked(String fingerprint, String reason, @Nullable String field, Instant at) {}
