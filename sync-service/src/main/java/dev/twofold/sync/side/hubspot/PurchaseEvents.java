package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.side.HubSpotSide.PurchaseEvent;
import dev.twofold.sync.side.hubspot.HubSpotApi.Event;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Purchases as custom events. */
final class PurchaseEvents {

  /**
   * Currencies whose amounts Stripe counts in whole units. Two that have no minor unit are not
   * among them, as Stripe still counts them in hundredths: ISK and UGX.
   *
   * @see <a href="https://docs.stripe.com/currencies">Stripe: currencies and their special
   *     cases</a>
   */
  private static final Set<String> WHOLE =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private PurchaseEvents() {}

  /** The event; its purchase's id makes HubSpot take it once, however often it is sent. */
  static Event event(String eventName, PurchaseEvent purchase) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("amount", amount(purchase.amount(), purchase.currency()));
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

  /** The amount in the currency's major unit. */
  static String amount(long minor, String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    int decimals = WHOLE.contains(code) ? 0 : THOUSANDTHS.contains(code) ? 3 : 2;
    return BigDecimal.valueOf(minor, decimals).toPlainString();
  }
}
