package dev.twofold.sync.link;

import dev.twofold.sync.record.Side;
import java.time.Instant;

/**
 * A task that is to be created once its mark or row is stored.
 *
 * @param task the number of the mark, or the id of the purchase
 * @param urgent whether a person waits for it
 */
public record Waiting(LinkId link, Side side, String task, boolean urgent, Instant dueAt) {}
