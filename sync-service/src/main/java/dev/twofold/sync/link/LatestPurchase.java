package dev.twofold.sync.link;

import dev.twofold.sync.record.Money;
import dev.twofold.sync.record.PurchaseProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest purchase of a contact whose account has no custom events, shown in properties of the
 * contact instead. Later means by the time of the purchase, then by its id, whatever comes first.
 *
 * @param amount in the currency's minor unit
 * @param shown the id of the purchase that the contact is known to show; null for none
 */
public record LatestPurchase(
    String id, long amount, String currency, Instant occurredAt, @Nullable String shown) {

  /** That purchase, shown nowhere yet. */
  public static LatestPurchase of(Purchase purchase) {
    return new LatestPurchase(
        purchase.id(), purchase.amount(), purchase.currency(), purchase.occurredAt(), null);
  }

  /**
   * The later of two, either of which may be missing; the contact may show neither, so that it is
   * written again where they differ.
   */
  public static @Nullable LatestPurchase later(
      @Nullable LatestPurchase one, @Nullable LatestPurchase other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    int order = one.occurredAt.compareTo(other.occurredAt);
    boolean first = order == 0 ? one.id.compareTo(other.id) >= 0 : order > 0;
    return first ? one : other;
  }

  /** Whether the contact is known to show it. */
  public boolean isShown() {
    return id.equals(shown);
  }

  /** The same purchase, with nothing known of what the contact shows. */
  LatestPurchase unseen() {
    return new LatestPurchase(id, amount, currency, occurredAt, null);
  }

  /** The same purchase after those properties were written to the contact. */
  LatestPurchase written(Map<String, String> values) {
    String written = values.get(PurchaseProperty.ID.property());
    return written == null ? this : new LatestPurchase(id, amount, currency, occurredAt, written);
  }

  /** What the contact is to hold. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(PurchaseProperty.ID.property(), id);
    properties.put(PurchaseProperty.AMOUNT.property(), Money.major(amount, currency));
    properties.put(PurchaseProperty.CURRENCY.property(), currency.toUpperCase(Locale.ROOT));
    properties.put(
        PurchaseProperty.TIME.property(), occurredAt.truncatedTo(ChronoUnit.MILLIS).toString());
    return properties;
  }
}
