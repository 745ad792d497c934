package dev.twofold.simulators.transport;

import dev.twofold.simulators.hubspot.engine.EventOccurrence;
import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotState;
import java.util.List;

/** HubSpot's page: forms for what people do, and a live part that shows what passes. */
final class HubSpotPage {
  private static final int SHOWN = 40;

  private static final String FORMS =
      """
      <section><h2>Create a contact</h2>
      <form onsubmit="event.preventDefault();const all=values(this);const source=all.changeSource;\
      delete all.changeSource;act('POST','contacts',{properties:all,changeSource:source})">
      <label>E-mail<input name="email"></label><label>First name<input name="firstname"></label>
      <label>Last name<input name="lastname"></label><label>Phone<input name="phone"></label>
      <label>By<select name="changeSource"><option>CRM_UI</option><option>FORM</option>\
      <option>IMPORT</option><option>INTEGRATION</option></select></label>
      <button>Create</button></form></section>
      <section><h2>Change a contact</h2>
      <form onsubmit="event.preventDefault();const all=values(this);\
      act('PATCH','contacts/'+all.id,{properties:{[all.property]:all.value||''}})">
      <label>Id<input name="id" required pattern="[0-9]+"></label>
      <label>Property<input name="property" value="phone" required></label>
      <label>Value, empty to clear<input name="value"></label>
      <button>Change</button></form></section>
      <section><h2>Merge two contacts</h2>
      <form onsubmit="event.preventDefault();const all=values(this);\
      act('POST','contacts/'+all.id+'/merge',{loser:all.loser})">
      <label>Stays<input name="id" required pattern="[0-9]+"></label>
      <label>Disappears<input name="loser" required pattern="[0-9]+"></label>
      <button>Merge</button></form></section>
      <section><h2>Import</h2>
      <form onsubmit="event.preventDefault();const all=values(this);\
      act('POST','import',{count:+all.count,seconds:+all.seconds,prefix:all.prefix})">
      <label>Contacts<input name="count" type="number" value="100" min="1"></label>
      <label>Seconds<input name="seconds" type="number" value="5" min="0"></label>
      <label>Prefix of addresses<input name="prefix" value="import"></label>
      <button>Import</button></form></section>
      """
          + FaultForms.ALL;

  private final HubSpotEngine engine;

  HubSpotPage(HubSpotEngine engine) {
    this.engine = engine;
  }

  String whole() {
    return Html.page(
        "HubSpot simulator",
        "Portal " + engine.settings().portalId() + ", app " + engine.settings().appId(),
        FORMS,
        live());
  }

  String live() {
    HubSpotState state = engine.state();
    return Html.summary(engine.calls(), engine.webhooks().counts())
        + Html.section(
            "Contacts (" + state.contactCount() + ", the newest " + SHOWN + ")",
            contacts(state.newestContacts(SHOWN)))
        + Html.section("Custom events", events(state.newestEvents(SHOWN)))
        + Html.calls(engine.calls().newest(SHOWN))
        + Html.attempts(engine.webhooks().newestAttempts(SHOWN));
  }

  private static String contacts(List<HubSpotState.ContactView> contacts) {
    return Html.table(
        List.of("Id", "E-mail", "First", "Last", "Phone", "Stripe customer", ""),
        contacts.stream()
            .map(contact ->
                List.of(
                    Long.toString(contact.id()),
                    value(contact, "email"),
                    value(contact, "firstname"),
                    value(contact, "lastname"),
                    value(contact, "phone"),
                    value(contact, "stripe_customer_id"),
                    actions(contact)))
            .toList());
  }

  private static String value(HubSpotState.ContactView contact, String property) {
    return Html.escape(contact.value(property));
  }

  private static String actions(HubSpotState.ContactView contact) {
    String path = "contacts/" + contact.id();
    String erase = Html.button("Erase", "POST", path + "/gdpr-delete", "{}");
    return contact.isArchived()
        ? "<span class=\"dim\">deleted</span> "
            + Html.button("Restore", "POST", path + "/restore", "{}")
            + erase
        : Html.button("Delete", "DELETE", path, "{}") + erase;
  }

  private static String events(List<EventOccurrence> events) {
    return Html.table(
        List.of("Received", "Event", "Contact", "Uuid", "Properties"),
        events.stream()
            .map(event ->
                List.of(
                    event.receivedAt().toString(),
                    Html.escape(event.eventName()),
                    event.contactId() == null ? "nobody" : event.contactId().toString(),
                    Html.escape(event.uuid()),
                    Html.escape(event.properties().toString())))
            .toList());
  }
}
