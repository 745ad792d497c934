package dev.twofold.simulators.stripe.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's query language as far as customers go: clauses joined by AND or by OR, not by both. */
final class SearchQuery {
  private static final Pattern CLAUSE =
      Pattern.compile(
          "\\s*(-?)(\\w+)(?:\\[([\"'])(.*?)\\3\\])?\\s*(:|~|>=|<=|>|<)\\s*"
              + "(?:([\"'])((?:\\\\.|(?!\\6).)*)\\6|(\\d+|null))\\s*");
  private static final Pattern JOINT = Pattern.compile("(?i)(and|or)\\b|(?=-?\\w)");
  private static final Set<String> FIELDS = Set.of("created", "email", "metadata", "name", "phone");
  private static final int SHORTEST_PART = 3;

  private SearchQuery() {}

  static Predicate<ObjectNode> parse(String query) {
    List<Predicate<ObjectNode>> clauses = new ArrayList<>();
    String joined = "";
    Matcher clause = CLAUSE.matcher(query);
    int at = 0;
    while (at < query.length()) {
      if (!clauses.isEmpty()) {
        Matcher joint = JOINT.matcher(query).region(at, query.length());
        if (!joint.lookingAt()) {
          throw malformed(query);
        }
        String word = joint.group(1) == null ? "and" : joint.group(1).toLowerCase(Locale.ROOT);
        if (!joined.isEmpty() && !joined.equals(word)) {
          throw StripeRefusal.invalid(
              null, "query", "You cannot combine AND and OR in the same query.");
        }
        joined = word;
        at = joint.end();
      }
      clause.region(at, query.length());
      if (!clause.lookingAt()) {
        throw malformed(query);
      }
      clauses.add(clause(clause));
      at = clause.end();
    }
    if (clauses.isEmpty()) {
      throw malformed(query);
    }
    boolean any = joined.equals("or");
    return customer ->
        any
            ? clauses.stream().anyMatch(one -> one.test(customer))
            : clauses.stream().allMatch(one -> one.test(customer));
  }

  private static StripeRefusal malformed(String query) {
    return StripeRefusal.invalid(
        null,
        "query",
        "We were unable to parse your search query: "
            + query
            + ". See https://stripe.com/docs/search#search-query-language");
  }

  private static Predicate<ObjectNode> clause(Matcher clause) {
    String field = clause.group(2);
    String key = clause.group(4);
    String operator = clause.group(5);
    boolean isNull = "null".equals(clause.group(8));
    String value = clause.group(7) != null ? unescape(clause.group(7)) : clause.group(8);
    if (!FIELDS.contains(field) || field.equals("metadata") != (key != null)) {
      throw StripeRefusal.invalid(
          null, "query", "Field `" + field + "` is an unsupported search field.");
    }
    if (operator.equals("~") && value.length() < SHORTEST_PART) {
      throw StripeRefusal.invalid(
          null, "query", "Substring search needs at least " + SHORTEST_PART + " characters.");
    }
    Predicate<ObjectNode> holds =
        customer -> {
          String there =
              key == null
                  ? customer.path(field).asString("")
                  : customer.path("metadata").path(key).asString("");
          return isNull ? there.isEmpty() : compare(field, operator, there, value);
        };
    return clause.group(1).isEmpty() ? holds : holds.negate();
  }

  private static String unescape(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  private static boolean compare(String field, String operator, String there, String value) {
    String left = there.toLowerCase(Locale.ROOT);
    String right = value.toLowerCase(Locale.ROOT);
    if (operator.equals(":")) {
      return left.equals(right);
    }
    if (operator.equals("~")) {
      return left.contains(right);
    }
    if (!field.equals("created") || !right.matches("\\d{1,15}")) {
      throw StripeRefusal.invalid(
          null, "query", "Operator " + operator + " is not supported for " + field);
    }
    int order = Long.compare(Long.parseLong(left), Long.parseLong(right));
    return switch (operator) {
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "<" -> order < 0;
      default -> order <= 0;
    };
  }
}
