package dev.twofold.sync.delivery;

import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.TenantId;

/** A task of a Stripe queue: which link, and the number in its name. */
public record StripeTask(TenantId tenant, LinkId link, long number, Lane lane) {}
