package dev.twofold.simulators.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One POST to make now: signed for this attempt. {@code attempt} counts from 0. Give it back
 * through {@link WebhookSchedule#answered} when the receiver has answered or failed to.
 */
@SuppressWarnings("ArrayRecordComponent") // Signed byte for byte; nobody compares deliveries.
public record Delivery(
    long id,
    int attempt,
    String url,
    Map<String, String> headers,
    byte[] body,
    List<Notice> notices,
    Instant sentAt) {}
