package dev.twofold.localstack.demo;

import java.util.List;

/** What the HubSpot simulator holds at one moment, as far as it is checked. */
public record HubSpotView(List<Contact> contacts, List<Event> events) {
  /** A contact that is not deleted; blank where a property has no value. */
  public record Contact(
      String id,
      String email,
      String firstName,
      String lastName,
      String phone,
      String stripeCustomerId) {}

  /** A custom event as HubSpot accepted it. */
  public record Event(
      String uuid,
      String contactId,
      String purchaseId,
      String amount,
      String currency,
      String customerId) {}

  List<Contact> with(String email) {
    return contacts.stream().filter(contact -> contact.email().equalsIgnoreCase(email)).toList();
  }
}
