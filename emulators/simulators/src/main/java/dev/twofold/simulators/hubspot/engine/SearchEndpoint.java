package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Search sees an index that lags behind: it matches on the old values and shows the fresh ones, so
 * a hit may no longer fit the query. Never more than 10,000 results can be paged through.
 */
final class SearchEndpoint {
  private static final int LONGEST_BODY = 3_000;
  private static final int LONGEST_PAGE = 200;
  private static final int MOST_RESULTS = 10_000;

  private record Hit(Contact contact, Map<String, String> indexed) {}

  private final ContactStore store;
  private final PropertyCatalog catalog;
  private final ContactJson json;

  SearchEndpoint(ContactStore store, PropertyCatalog catalog, ContactJson json) {
    this.store = store;
    this.catalog = catalog;
    this.json = json;
  }

  Reply search(Call call) {
    if (call.request().body().length > LONGEST_BODY) {
      throw HubSpotRefusal.invalid("Search requests are limited to 3,000 characters");
    }
    ObjectNode body = call.body();
    int limit = body.path("limit").asInt(10);
    int after = after(body.path("after").asString("0"));
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw HubSpotRefusal.invalid("limit must be a number from 1 to " + LONGEST_PAGE);
    }
    if (after + limit > MOST_RESULTS) {
      throw HubSpotRefusal.invalid("Search results are limited to " + MOST_RESULTS);
    }
    List<Hit> hits = hits(body, call.now());
    List<Hit> page =
        hits.subList(Math.min(after, hits.size()), Math.min(after + limit, hits.size()));
    ObjectNode answer = Json.object().put("total", hits.size());
    ArrayNode results = answer.putArray("results");
    List<String> properties = Call.strings(body.path("properties"));
    page.forEach(hit -> results.add(json.read(hit.contact(), properties, List.of())));
    if (after + limit < hits.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(after + limit));
    }
    return Reply.ok(answer);
  }

  private static int after(String text) {
    if (text.isEmpty() || text.equals("null")) {
      return 0;
    }
    if (!text.matches("\\d{1,6}")) {
      throw HubSpotRefusal.invalid("Invalid paging cursor: " + text);
    }
    return Integer.parseInt(text);
  }

  private List<Hit> hits(ObjectNode body, Instant now) {
    SearchFilter filter = SearchFilter.parse(body, catalog);
    String query = body.path("query").asString("").toLowerCase(Locale.ROOT);
    List<Hit> hits = new ArrayList<>();
    for (Contact contact : store.all()) {
      if (contact.isArchived()) {
        continue;
      }
      @Nullable Map<String, String> indexed = contact.indexed(now, store.searchLag());
      if (indexed != null && filter.matches(indexed) && mentions(indexed, query)) {
        hits.add(new Hit(contact, indexed));
      }
    }
    hits.sort(order(body.path("sorts")));
    return hits;
  }

  private static boolean mentions(Map<String, String> values, String query) {
    return query.isEmpty()
        || List.of("email", "firstname", "lastname", "phone", "company").stream()
            .anyMatch(
                name -> values.getOrDefault(name, "").toLowerCase(Locale.ROOT).contains(query));
  }

  private static Comparator<Hit> order(JsonNode sorts) {
    Comparator<Hit> byId = Comparator.comparingLong(hit -> hit.contact().id());
    if (sorts.isEmpty()) {
      return byId;
    }
    if (sorts.size() > 1) {
      throw HubSpotRefusal.invalid("Only one sort can be given");
    }
    JsonNode sort = sorts.path(0);
    String text = sort.asString("");
    String property =
        sort.isObject() ? sort.path("propertyName").asString("") : text.replaceFirst("^-", "");
    boolean descending =
        sort.isObject()
            ? sort.path("direction").asString("").equals("DESCENDING")
            : text.startsWith("-");
    Comparator<Hit> byProperty =
        (left, right) ->
            SearchFilter.compare(
                left.indexed().getOrDefault(property, ""),
                right.indexed().getOrDefault(property, ""));
    return (descending ? byProperty.reversed() : byProperty).thenComparing(byId);
  }
}
