package dev.twofold.simulators.hubspot.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The filter groups of one search: any group, all filters of it. */
record SearchFilter(List<List<Condition>> groups) {
  private static final int MOST_GROUPS = 5;
  private static final int MOST_IN_GROUP = 6;
  private static final int MOST_FILTERS = 18;

  /** One filter. {@code bound} is text, already lower-case. */
  record Condition(
      String property, String operator, String bound, String highBound, List<String> bounds) {

    boolean holds(@Nullable String value) {
      String text = value == null ? "" : value.toLowerCase(Locale.ROOT);
      boolean has = !text.isEmpty();
      return switch (operator) {
        case "HAS_PROPERTY" -> has;
        case "NOT_HAS_PROPERTY" -> !has;
        case "EQ" -> has && text.equals(bound);
        case "NEQ" -> !text.equals(bound);
        case "IN" -> has && bounds.contains(text);
        case "NOT_IN" -> !bounds.contains(text);
        case "LT" -> has && compare(text, bound) < 0;
        case "LTE" -> has && compare(text, bound) <= 0;
        case "GT" -> has && compare(text, bound) > 0;
        case "GTE" -> has && compare(text, bound) >= 0;
        case "BETWEEN" -> has && compare(text, bound) >= 0 && compare(text, highBound) <= 0;
        case "CONTAINS_TOKEN" -> containsToken(text);
        case "NOT_CONTAINS_TOKEN" -> !containsToken(text);
        default -> throw HubSpotRefusal.invalid("Invalid input JSON: unknown operator " + operator);
      };
    }

    /** Tokens are runs of letters and digits; a star stands for anything. */
    private boolean containsToken(String text) {
      String pattern = ("\\Q" + bound + "\\E").replace("*", "\\E.*\\Q");
      for (String token : (text + " " + text.replaceAll("[^\\p{L}\\p{N}]+", " ")).split(" ", -1)) {
        if (token.matches(pattern)) {
          return true;
        }
      }
      return false;
    }
  }

  static SearchFilter parse(JsonNode body, PropertyCatalog catalog) {
    List<List<Condition>> groups = new ArrayList<>();
    int filters = 0;
    for (JsonNode group : body.path("filterGroups")) {
      List<Condition> conditions = new ArrayList<>();
      for (JsonNode filter : group.path("filters")) {
        conditions.add(condition(filter, catalog));
      }
      filters += conditions.size();
      if (conditions.size() > MOST_IN_GROUP) {
        throw HubSpotRefusal.invalid("Too many filters in a group, at most " + MOST_IN_GROUP);
      }
      groups.add(conditions);
    }
    if (groups.size() > MOST_GROUPS || filters > MOST_FILTERS) {
      throw HubSpotRefusal.invalid(
          "Too many filters, at most " + MOST_GROUPS + " groups and " + MOST_FILTERS + " in all");
    }
    return new SearchFilter(groups);
  }

  private static Condition condition(JsonNode filter, PropertyCatalog catalog) {
    String property = filter.path("propertyName").asString("");
    if (catalog.find(property).isEmpty()) {
      throw HubSpotRefusal.invalid(
          "There was a problem with the request: property '" + property + "' does not exist");
    }
    Condition condition =
        new Condition(
            property,
            filter.path("operator").asString(""),
            filter.path("value").asString("").toLowerCase(Locale.ROOT),
            filter.path("highValue").asString("").toLowerCase(Locale.ROOT),
            Call.strings(filter.path("values")));
    condition.holds("a");
    return condition;
  }

  boolean matches(Map<String, String> values) {
    return groups.isEmpty()
        || groups.stream()
            .anyMatch(group ->
                group.stream()
                    .allMatch(condition -> condition.holds(values.get(condition.property()))));
  }

  /** Numbers as numbers, times as times, everything else as text. */
  static int compare(String left, String right) {
    var leftTime = Timestamps.parse(left.toUpperCase(Locale.ROOT));
    var rightTime = Timestamps.parse(right.toUpperCase(Locale.ROOT));
    if (leftTime.isPresent() && rightTime.isPresent()) {
      return leftTime.get().compareTo(rightTime.get());
    }
    try {
      return new BigDecimal(left).compareTo(new BigDecimal(right));
    } catch (NumberFormatException notNumbers) {
      return left.compareTo(right);
    }
  }
}
