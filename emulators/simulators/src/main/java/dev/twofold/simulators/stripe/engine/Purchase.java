package dev.twofold.simulators.stripe.engine;

import org.jspecify.annotations.Nullable;

/**
 * One purchase to make. A guest has no customer, only the address of the receipt. The amount is in
 * the currency's smallest unit and above zero.
 */
public record Purchase(
    @Nullable String customer,
    @Nullable String receiptEmail,
    @Nullable String name,
    @Nullable String description,
    long amount,
    String currency,
    Kind kind) {

  /** In which shape it comes. */
  public enum Kind {
    /** A PaymentIntent with its charge. */
    PAYMENT,
    /** A direct charge of the old kind, without a PaymentIntent. */
    CHARGE_ONLY,
    /** The amount is held, not taken: a charge succeeds, the PaymentIntent does not. */
    AUTHORISATION
  }

  public Purchase {
    if (amount < 1 || !currency.matches("[a-z]{3}")) {
      throw new IllegalArgumentException(
          "a purchase has an amount above zero and a currency of three lower-case letters, not "
              + amount
              + " "
              + currency);
    }
  }

  public static Purchase of(String customer, long amount, String currency) {
    return new Purchase(customer, null, null, null, amount, currency, Kind.PAYMENT);
  }

  /** Nobody is logged in; the receipt goes to this address. */
  public static Purchase guest(String email, long amount, String currency) {
    return new Purchase(null, email, null, null, amount, currency, Kind.PAYMENT);
  }

  public Purchase as(Kind changed) {
    return new Purchase(customer, receiptEmail, name, description, amount, currency, changed);
  }
}
