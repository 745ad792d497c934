package dev.twofold.localstack.burst;

import java.util.ArrayList;
import java.util.List;

/** What people did while the clock ran, so that it can be looked for. Safe for threads. */
final class Deeds {
  /** A person's edit of a record: the value is used once. */
  record Edit(String record, String value) {}

  private final List<Edit> hubSpotEdits = new ArrayList<>();
  private final List<Edit> stripeEdits = new ArrayList<>();
  private final List<String> customers = new ArrayList<>();
  private final List<String> purchases = new ArrayList<>();

  synchronized void editedInHubSpot(String contact, String value) {
    hubSpotEdits.add(new Edit(contact, value));
  }

  synchronized void editedInStripe(String customer, String value) {
    stripeEdits.add(new Edit(customer, value));
  }

  synchronized void created(String customer) {
    customers.add(customer);
  }

  synchronized void bought(String purchase) {
    purchases.add(purchase);
  }

  synchronized List<Edit> hubSpotEdits() {
    return List.copyOf(hubSpotEdits);
  }

  synchronized List<Edit> stripeEdits() {
    return List.copyOf(stripeEdits);
  }

  synchronized List<String> customers() {
    return List.copyOf(customers);
  }

  synchronized List<String> purchases() {
    return List.copyOf(purchases);
  }
}
