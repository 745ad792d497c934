package dev.twofold.sync.record;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** Amounts of money as Stripe counts them. */
public final class Money {

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

  private Money() {}

  /**
   * The amount in the currency's major unit, with as many decimals as the currency has.
   *
   * @param minor the amount in the minor unit, as Stripe counts it
   * @param currency its ISO code, in either case
   */
  public static String major(long minor, String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    int decimals = WHOLE.contains(code) ? 0 : THOUSANDTHS.contains(code) ? 3 : 2;
    return BigDecimal.valueOf(minor, decimals).toPlainString();
  }
}
