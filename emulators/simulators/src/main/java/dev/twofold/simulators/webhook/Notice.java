package dev.twofold.simulators.webhook;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** One notification: its id in the vendor's system, when it happened, and its body. */
public record Notice(String id, Instant occurredAt, ObjectNode body) {}
