package dev.twofold.sync.side.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.side.HubSpotSide.PurchaseEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PurchaseEventsTest {

  @Test
  void isTakenOnceByThePurchasesId() {
    HubSpotApi.Event event = PurchaseEvents.event("pe1_stripe_purchase", purchase("cus_1"));

    assertThat(event)
        .isEqualTo(
            new HubSpotApi.Event(
                "pe1_stripe_purchase",
                "501",
                "2026-01-01T00:00:00Z",
                "pi_1",
                Map.of(
                    "amount", "12.50",
                    "currency", "CHF",
                    "purchase_id", "pi_1",
                    "customer_id", "cus_1")));
  }

  @Test
  void leavesTheCustomerOfAGuestOut() {
    assertThat(PurchaseEvents.event("pe1_stripe_purchase", purchase(null)).properties())
        .containsOnlyKeys("amount", "currency", "purchase_id");
  }

  private static PurchaseEvent purchase(@Nullable String customer) {
    return new PurchaseEvent(
        RecordId.contact("501"),
        "pi_1",
        1250,
        "chf",
        customer,
        Instant.parse("2026-01-01T00:00:00Z"));
  }
}
