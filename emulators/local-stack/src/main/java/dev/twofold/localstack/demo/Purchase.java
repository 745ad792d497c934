package dev.twofold.localstack.demo;

import java.math.BigDecimal;

/**
 * Something bought in Stripe.
 *
 * @param id the PaymentIntent
 * @param amount in the currency's smallest unit
 */
public record Purchase(String id, Person buyer, long amount, String currency) {
  /** The amount as people write it; the demo pays in currencies with two decimals only. */
  String decimalAmount() {
    return BigDecimal.valueOf(amount, 2).toPlainString();
  }
}
