package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** From paths to the endpoints. */
final class StripeRoutes {
  private static final Set<String> EVENT_LIST =
      Set.of(
          "created",
          "delivery_success",
          "ending_before",
          "limit",
          "starting_after",
          "type",
          "types");
  private static final int MOST_TYPES = 20;

  private final CustomerEndpoints customers;
  private final CustomerBook book;
  private final PaymentBook payments;
  private final EventLog events;
  private final StripeSettings settings;

  StripeRoutes(
      CustomerEndpoints customers,
      CustomerBook book,
      PaymentBook payments,
      EventLog events,
      StripeSettings settings) {
    this.customers = customers;
    this.book = book;
    this.payments = payments;
    this.events = events;
    this.settings = settings;
  }

  /** What a call is counted as: its path with ids replaced. */
  static String endpoint(ApiRequest request) {
    return request.method()
        + " "
        + request
            .path()
            .replaceFirst(
                "^(/v1/(customers|events|payment_intents|charges)/)(?!search$).+", "$1{id}");
  }

  /** The customer that a write would hold, if it is one. */
  Optional<Customer> lockedBy(ApiRequest request) {
    String prefix = "/v1/customers/";
    boolean writes = !request.method().equals("GET");
    return writes && request.path().startsWith(prefix)
        ? book.find(request.path().substring(prefix.length()))
        : Optional.empty();
  }

  ObjectNode route(Call call) {
    String method = call.request().method();
    String path = call.request().path();
    List<String> parts = List.of(path.substring(1).split("/", -1));
    String resource = parts.size() > 1 && parts.getFirst().equals("v1") ? parts.get(1) : "";
    String id = parts.size() == 3 ? parts.get(2) : "";
    boolean list = parts.size() == 2;
    boolean gets = method.equals("GET");
    if (resource.equals("customers") && (list || !id.isEmpty())) {
      return customers(call, id);
    }
    if (gets && resource.equals("events") && (list || !id.isEmpty())) {
      return list
          ? events(call)
          : events.json(
              events
                  .find(id, call.now())
                  .orElseThrow(() -> StripeRefusal.missing("event", id, "id")));
    }
    if (gets && resource.equals("payment_intents") && (list || !id.isEmpty())) {
      return list ? intents(call) : found(payments.intent(id), "payment_intent", id, "intent");
    }
    if (gets && resource.equals("charges") && !id.isEmpty()) {
      return found(payments.charge(id), "charge", id, "charge");
    }
    if (gets && list && resource.equals("account")) {
      return account();
    }
    throw StripeRefusal.unknownUrl(method, path);
  }

  private static ObjectNode found(
      Optional<ObjectNode> object, String kind, String id, String param) {
    return object.orElseThrow(() -> StripeRefusal.missing(kind, id, param));
  }

  private ObjectNode customers(Call call, String id) {
    String method = call.request().method();
    if (id.isEmpty()) {
      return switch (method) {
        case "GET" -> customers.list(call);
        case "POST" -> customers.create(call);
        default -> throw StripeRefusal.unknownUrl(method, call.request().path());
      };
    }
    if (id.equals("search") && method.equals("GET")) {
      return customers.search(call);
    }
    return switch (method) {
      case "GET" -> customers.get(call, id);
      case "POST" -> customers.update(call, id);
      case "DELETE" -> customers.delete(call, id);
      default -> throw StripeRefusal.unknownUrl(method, call.request().path());
    };
  }

  private ObjectNode events(Call call) {
    call.allow(EVENT_LIST);
    Predicate<Instant> created = Paging.created(call.parameters().path("created"));
    Predicate<String> type = types(call);
    String success = call.text("delivery_success");
    Paging.Cursor cursor =
        Paging.Cursor.of(
            call,
            "event",
            id -> events.find(id, call.now()).map(EventLog.Stored::sequence).orElse(null));
    ObjectNode page =
        Paging.page(
            events.bySequence(),
            cursor,
            call.limit(),
            event ->
                events.isShown(event, call.now())
                    && type.test(event.type())
                    && created.test(event.createdAt())
                    && (success.isEmpty() || events.wasDelivered(event) == success.equals("true")),
            events::json);
    return page.put("url", "/v1/events");
  }

  private static Predicate<String> types(Call call) {
    List<String> types =
        call.parameters().path("types").values().stream().map(node -> node.asString()).toList();
    String single = call.text("type");
    if (!types.isEmpty() && !single.isEmpty()) {
      throw StripeRefusal.invalid(null, "types", "You may not specify both `type` and `types`.");
    }
    if (types.size() > MOST_TYPES) {
      throw StripeRefusal.invalid(
          null, "types", "You may specify at most " + MOST_TYPES + " types.");
    }
    if (!types.isEmpty()) {
      return types::contains;
    }
    if (single.isEmpty()) {
      return _ -> true;
    }
    String pattern = ("\\Q" + single + "\\E").replace("*", "\\E.*\\Q");
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private ObjectNode intents(Call call) {
    call.allow(Set.of("created", "customer", "ending_before", "limit", "starting_after"));
    String customer = call.text("customer");
    Paging.Cursor cursor =
        Paging.Cursor.of(call, "payment_intent", id -> payments.sequence(id).orElse(null));
    ObjectNode page =
        Paging.page(
            payments.intents(),
            cursor,
            call.limit(),
            intent -> customer.isEmpty() || intent.path("customer").asString("").equals(customer),
            intent -> intent);
    return page.put("url", "/v1/payment_intents");
  }

  private ObjectNode account() {
    ObjectNode account = Json.object().put("id", settings.accountId()).put("object", "account");
    account.put("charges_enabled", true).put("country", "CH").put("default_currency", "chf");
    account.put("details_submitted", true).put("email", "owner@example.com");
    account.put("payouts_enabled", true);
    account.putObject("settings").putObject("dashboard").put("display_name", "Twofold simulator");
    return account.put("type", "standard");
  }
}
