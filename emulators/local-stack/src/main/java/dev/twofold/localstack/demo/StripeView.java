package dev.twofold.localstack.demo;

import java.util.List;

/** What the Stripe simulator holds at one moment, as far as it is checked. */
public record StripeView(List<Customer> customers) {
  /** A customer that is not deleted; blank where a field has no value. */
  public record Customer(
      String id, String email, String name, String phone, String hubSpotContactId) {}

  List<Customer> with(String email) {
    return customers.stream().filter(customer -> customer.email().equalsIgnoreCase(email)).toList();
  }
}
