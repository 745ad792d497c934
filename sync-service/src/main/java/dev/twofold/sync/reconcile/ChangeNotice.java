package dev.twofold.sync.reconcile;

import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing a provider told us about one record, on that provider's clock. */
public sealed interface ChangeNotice {

  /** The record it is about. */
  RecordId record();

  /** When it happened. */
  Instant at();

  /** How urgent the occasion is. */
  Lane lane();

  /**
   * A record was made by somebody else.
   *
   * @param values its properties, mapped or not, where the notice shows them, as Stripe's does;
   *     empty else
   */
  record Created(
      RecordId record, Instant at, Lane lane, Map<String, String> values, @Nullable String mark)
      implements ChangeNotice {}

  /** Properties of a record, mapped or not, were changed by somebody else. */
  record Changed(RecordId record, Instant at, Lane lane, Map<String, String> values)
      implements ChangeNotice {}

  /** A property was changed by our own app, or by somebody who uses its name. */
  record ChangedByUs(RecordId record, Instant at, Lane lane, String property, String value)
      implements ChangeNotice {}

  /** A record was deleted; {@code forever} where a person's data is to be forgotten. */
  record Deleted(RecordId record, Instant at, Lane lane, boolean forever) implements ChangeNotice {}

  /** A deleted record is there again. */
  record Restored(RecordId record, Instant at, Lane lane) implements ChangeNotice {}

  /** Records were merged; {@code record} survives. */
  record Merged(RecordId record, List<RecordId> losers, Instant at, Lane lane)
      implements ChangeNotice {}

  /**
   * A purchase in Stripe.
   *
   * @param record the customer; a stand-in by the purchase's id for a guest
   * @param amount in the currency's minor unit
   * @param email the receipt address of a guest; null where there is none
   */
  record Purchased(
      RecordId record,
      Instant at,
      Lane lane,
      String purchase,
      long amount,
      String currency,
      boolean guest,
      @Nullable String email)
      implements ChangeNotice {

    @Override
    public String toString() {
      return "Purchased[" + purchase + "]";
    }
  }
}
