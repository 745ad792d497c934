package dev.twofold.simulators.transport;

import dev.twofold.simulators.stripe.engine.StripeEngine;
import dev.twofold.simulators.stripe.engine.StripeState;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's page: forms for what people do, and a live part that shows what passes. */
final class StripePage {
  private static final int SHOWN = 40;

  private static final String FORMS =
      """
      <section><h2>Create a customer</h2>
      <form onsubmit="event.preventDefault();act('POST','customers',{parameters:values(this)})">
      <label>E-mail<input name="email"></label><label>Name<input name="name"></label>
      <label>Phone<input name="phone"></label>
      <button>Create</button></form></section>
      <section><h2>Change a customer</h2>
      <form onsubmit="event.preventDefault();const all=values(this);\
      act('PATCH','customers/'+all.id,{parameters:{[all.parameter]:all.value||''}})">
      <label>Id<input name="id" required></label>
      <label>Parameter<input name="parameter" value="name" required></label>
      <label>Value, empty to clear<input name="value"></label>
      <button>Change</button></form></section>
      <section><h2>Make a purchase</h2>
      <form onsubmit="event.preventDefault();const all=values(this);all.amount=+all.amount;\
      act('POST','purchases',all)">
      <label>Customer, empty for a guest<input name="customer"></label>
      <label>Address of the receipt<input name="email"></label>
      <label>Amount in the smallest unit<input name="amount" type="number" value="1250" min="1">\
      </label>
      <label>Currency<input name="currency" value="chf" pattern="[a-z]{3}"></label>
      <label>Kind<select name="kind"><option>payment</option><option>charge_only</option>\
      <option>authorisation</option></select></label>
      <button>Buy</button></form></section>
      <section><h2>Import</h2>
      <form onsubmit="event.preventDefault();const all=values(this);\
      act('POST','import',{count:+all.count,seconds:+all.seconds,prefix:all.prefix})">
      <label>Customers<input name="count" type="number" value="100" min="1"></label>
      <label>Seconds<input name="seconds" type="number" value="5" min="0"></label>
      <label>Prefix of addresses<input name="prefix" value="import"></label>
      <button>Import</button></form></section>
      """
          + FaultForms.ALL;

  private final StripeEngine engine;

  StripePage(StripeEngine engine) {
    this.engine = engine;
  }

  String whole() {
    return Html.page("Stripe simulator", "Account " + engine.settings().accountId(), FORMS, live());
  }

  String live() {
    StripeState state = engine.state();
    return Html.summary(engine.calls(), engine.webhooks().counts())
        + Html.section(
            "Customers (" + state.customerCount() + ", the newest " + SHOWN + ")",
            customers(state.newestCustomers(SHOWN)))
        + Html.section("Purchases", purchases(state.newestCharges(SHOWN)))
        + Html.calls(engine.calls().newest(SHOWN))
        + Html.attempts(engine.webhooks().newestAttempts(SHOWN));
  }

  private static String customers(List<ObjectNode> customers) {
    return Html.table(
        List.of("Id", "E-mail", "Name", "Phone", "Metadata", ""),
        customers.stream()
            .map(customer ->
                List.of(
                    text(customer, "id"),
                    text(customer, "email"),
                    text(customer, "name"),
                    text(customer, "phone"),
                    Html.escape(customer.path("metadata").toString()),
                    actions(text(customer, "id"))))
            .toList());
  }

  private static String actions(String id) {
    return Html.button("Delete", "DELETE", "customers/" + id, "{}")
        + Html.button(
            "Buys for 12.50",
            "POST",
            "purchases",
            "{\"customer\":\"" + id + "\",\"amount\":1250,\"currency\":\"chf\"}");
  }

  private static String purchases(List<ObjectNode> charges) {
    return Html.table(
        List.of("Charge", "Payment", "Customer", "Receipt", "Amount", "Currency"),
        charges.stream()
            .map(charge ->
                List.of(
                    text(charge, "id"),
                    text(charge, "payment_intent"),
                    text(charge, "customer"),
                    text(charge, "receipt_email"),
                    charge.path("amount").asString(),
                    text(charge, "currency")))
            .toList());
  }

  private static String text(JsonNode owner, String name) {
    return Html.escape(owner.path(name).asString(""));
  }
}
