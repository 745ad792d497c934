package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls on customers. */
final class CustomerEndpoints {
  private static final Set<String> LIST =
      Set.of("created", "email", "ending_before", "limit", "starting_after", "test_clock");

  private final CustomerBook book;
  private final StripeSettings settings;

  CustomerEndpoints(CustomerBook book, StripeSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  ObjectNode create(Call call) {
    return book.create(call.parameters(), call.cause(), call.now()).json();
  }

  ObjectNode get(Call call, String id) {
    call.allow(Set.of());
    return book.wasDeleted(id) ? deleted(id) : existing(id).json();
  }

  private Customer existing(String id) {
    return book.find(id).orElseThrow(() -> StripeRefusal.missing("customer", id, "id"));
  }

  private static ObjectNode deleted(String id) {
    return Json.object().put("id", id).put("object", "customer").put("deleted", true);
  }

  ObjectNode update(Call call, String id) {
    Customer customer = existing(id);
    book.update(customer, call.parameters(), call.cause(), call.now());
    return customer.json();
  }

  ObjectNode delete(Call call, String id) {
    call.allow(Set.of());
    book.delete(existing(id), call.cause(), call.now());
    return deleted(id);
  }

  ObjectNode list(Call call) {
    call.allow(LIST);
    String email = call.text("email");
    Predicate<Instant> created = Paging.created(call.parameters().path("created"));
    Paging.Cursor cursor =
        Paging.Cursor.of(
            call, "customer", id -> book.find(id).map(Customer::sequence).orElse(null));
    ObjectNode page =
        Paging.page(
            book.bySequence(),
            cursor,
            call.limit(),
            customer ->
                (email.isEmpty() || customer.json().path("email").asString("").equals(email))
                    && created.test(customer.createdAt()),
            Customer::json);
    return page.put("url", "/v1/customers");
  }

  /** Sees an index that lags behind, and shows the fresh values. */
  ObjectNode search(Call call) {
    call.allow(Set.of("query", "limit", "page"));
    if (call.text("query").isEmpty()) {
      throw StripeRefusal.invalid("parameter_missing", "query", "Missing required param: query.");
    }
    Predicate<ObjectNode> query = SearchQuery.parse(call.text("query"));
    int limit = call.limit();
    String page = call.text("page");
    int start = page.matches("\\d{1,9}") ? Integer.parseInt(page) : 0;
    List<ObjectNode> hits =
        List.copyOf(book.all()).reversed().stream()
            .filter(customer -> matches(customer, query, call.now()))
            .map(Customer::json)
            .skip(start)
            .limit(limit + 1L)
            .toList();
    boolean more = hits.size() > limit;
    ObjectNode result = Json.object().put("object", "search_result");
    ArrayNode data = result.putArray("data");
    hits.stream().limit(limit).forEach(data::add);
    result.put("has_more", more);
    result.put("next_page", more ? Integer.toString(start + limit) : null);
    return result.put("url", "/v1/customers/search");
  }

  private boolean matches(Customer customer, Predicate<ObjectNode> query, Instant now) {
    @Nullable ObjectNode indexed = customer.indexed(now, settings.searchLag());
    return indexed != null && query.test(indexed);
  }
}
