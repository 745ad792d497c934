package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.Money;
import dev.twofold.sync.side.HubSpotSide.PurchaseEvent;
import dev.twofold.sync.side.hubspot.HubSpotApi.Event;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Purchases as custom events. */
final class PurchaseEvents {

  private PurchaseEvents() {}

  /** The event; its purchase's id makes HubSpot take it once, however often it is sent. */
  static Event event(String eventName, PurchaseEvent purchase) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("amount", Money.major(purchase.amount(), purchase.currency()));
    properties.put("currency", purchase.currency().toUpperCase(Locale.ROOT));
    properties.put("purchase_id", purchase.purchase());
    String customer = purchase.customer();
    if (customer != null) {
      properties.put("customer_id", customer);
    }
    return new Event(
        eventName,
        purchase.contact().id(),
        purchase.occurredAt().toString(),
        purchase.purchase(),
        properties);
  }
}
