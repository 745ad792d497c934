package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.StackProblem;
import java.util.List;

/** What both sides hold, read one right after the other. */
record Moment(HubSpotView hubSpot, StripeView stripe) {
  Checks checks() {
    return new Checks(hubSpot, stripe);
  }

  String contactOf(Person person) {
    return only(
        hubSpot.with(person.email()).stream().map(HubSpotView.Contact::id).toList(), person);
  }

  String customerOf(Person person) {
    return only(stripe.with(person.email()).stream().map(StripeView.Customer::id).toList(), person);
  }

  private static String only(List<String> ids, Person person) {
    if (ids.size() != 1) {
      throw new StackProblem(
          "%s should be there exactly once before going on, and is there %d times"
              .formatted(person.email(), ids.size()));
    }
    return ids.getFirst();
  }
}
