package dev.twofold.localstack.demo;

/**
 * Something bought in Stripe.
 *
 * @param id the PaymentIntent
 * @param amount in the currency's smallest unit
 */
public record Purchase(String id, Person buyer, long amount, String currency) {}
