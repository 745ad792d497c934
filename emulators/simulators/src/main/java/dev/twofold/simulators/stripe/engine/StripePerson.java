package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.RandomIds;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people do in Stripe's Dashboard and when they buy: the same rules as the API, no limits, and
 * no idempotency key on the events. Parameters have the names of the API's form ({@code
 * address[city]}). A refused action throws {@link Refused} and changes nothing.
 */
public final class StripePerson {
  /** Why an action was refused. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final CustomerBook customers;
  private final PaymentBook payments;
  private final EventLog events;
  private final RandomIds ids;
  private final InstantSource clock;

  StripePerson(
      CustomerBook customers,
      PaymentBook payments,
      EventLog events,
      RandomIds ids,
      InstantSource clock) {
    this.customers = customers;
    this.payments = payments;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
  }

  /** Answers the new customer's id. */
  public String create(Map<String, String> parameters) {
    return act(cause -> customers.create(tree(parameters), cause, clock.instant()).id());
  }

  /** Creates a customer from before the webhook endpoint: no event is made. */
  public String createSilently(Map<String, String> parameters) {
    StringBuilder id = new StringBuilder();
    events.silently(() -> id.append(create(parameters)));
    return id.toString();
  }

  public void update(String id, Map<String, String> parameters) {
    act(cause -> {
      customers.update(there(id), tree(parameters), cause, clock.instant());
      return id;
    });
  }

  public void delete(String id) {
    act(cause -> {
      customers.delete(there(id), cause, clock.instant());
      return id;
    });
  }

  /** Answers the id that names the purchase: {@code pi_...}, or {@code ch_...} without one. */
  public String purchase(Purchase purchase) {
    String customer = purchase.customer();
    if (customer != null) {
      there(customer);
    }
    return payments.pay(purchase, clock.instant());
  }

  private static ObjectNode tree(Map<String, String> parameters) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    parameters.forEach((name, value) -> lists.put(name, List.of(value)));
    return Form.tree(lists);
  }

  private Customer there(String id) {
    return customers.find(id).orElseThrow(() -> new Refused("there is no customer " + id));
  }

  private String act(Function<Cause, String> action) {
    try {
      return action.apply(new Cause(ids.token("req_", 14), null));
    } catch (StripeRefusal refused) {
      throw new Refused(refused.reason());
    }
  }
}
