package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.stripe.engine.Purchase;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people do in HubSpot's and Stripe's own pages. */
final class People {

  private final World world;

  People(World world) {
    this.world = world;
  }

  /** Pairs of names and values. */
  static Map<String, String> values(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      values.put(pairs[at], pairs[at + 1]);
    }
    return values;
  }

  long contact(String... pairs) {
    return world.hubspot().person().create(values(pairs), Author.person());
  }

  /** An imported contact, which nobody waits for. */
  long imported(String... pairs) {
    return world.hubspot().person().create(values(pairs), Author.of("IMPORT"));
  }

  /** A contact from before we were there. */
  long oldContact(String... pairs) {
    return world.hubspot().person().createSilently(values(pairs));
  }

  void editContact(long id, String... pairs) {
    world.hubspot().person().update(id, values(pairs), Author.person());
  }

  String customer(String... pairs) {
    return world.stripe().person().create(values(pairs));
  }

  /** A customer from before we were there. */
  String oldCustomer(String... pairs) {
    return world.stripe().person().createSilently(values(pairs));
  }

  void editCustomer(String id, String... pairs) {
    world.stripe().person().update(id, values(pairs));
  }

  String buys(String customer, long amount) {
    return world.stripe().person().purchase(Purchase.of(customer, amount, "eur"));
  }

  String guestBuys(String email, long amount) {
    return world.stripe().person().purchase(Purchase.guest(email, amount, "eur"));
  }
}
