package dev.twofold.simulators.hubspot.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which values a property takes, and the form in which it stores them. */
final class ValueRules {
  private static final int LONGEST_TEXT = 65_536;
  private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)");

  private final PropertyCatalog catalog;

  ValueRules(PropertyCatalog catalog) {
    this.catalog = catalog;
  }

  /** Every problem of a write, in the order of its properties. */
  List<ValueProblem> problems(Map<String, String> values) {
    List<ValueProblem> problems = new ArrayList<>();
    values.forEach((name, value) -> problem(name, value).ifPresent(problems::add));
    return problems;
  }

  void check(Map<String, String> values) {
    List<ValueProblem> problems = problems(values);
    if (!problems.isEmpty()) {
      throw HubSpotRefusal.values(problems);
    }
  }

  private Optional<ValueProblem> problem(String name, String value) {
    Optional<PropertyDefinition> found = catalog.find(name);
    if (found.isEmpty()) {
      return Optional.of(ValueProblem.unknown(name));
    }
    PropertyDefinition property = found.get();
    if (property.readOnly()) {
      return Optional.of(
          new ValueProblem(
              name,
              "READ_ONLY_VALUE",
              "\"" + name + "\" is a read only property; its value cannot be set."));
    }
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (name.equals("email") && !EmailRules.accepts(EmailRules.normal(value))) {
      return Optional.of(
          new ValueProblem(name, "INVALID_EMAIL", "Email address " + value + " is invalid"));
    }
    return typeProblem(property, value);
  }

  private static Optional<ValueProblem> typeProblem(PropertyDefinition property, String value) {
    String name = property.name();
    return switch (property.type()) {
      case "number" ->
          NUMBER.matcher(value).matches()
              ? Optional.empty()
              : Optional.of(
                  new ValueProblem(name, "INVALID_LONG", value + " was not a valid long."));
      case "enumeration" ->
          allOptionsKnown(property, value)
              ? Optional.empty()
              : Optional.of(
                  new ValueProblem(
                      name,
                      "INVALID_OPTION",
                      value + " was not one of the allowed options: " + property.options()));
      case "bool" ->
          value.equals("true") || value.equals("false")
              ? Optional.empty()
              : Optional.of(
                  new ValueProblem(name, "INVALID_BOOLEAN", value + " was not a valid boolean."));
      case "date", "datetime" ->
          Timestamps.parse(value).isPresent()
              ? Optional.empty()
              : Optional.of(
                  new ValueProblem(name, "INVALID_DATE", value + " was not a valid date."));
      default ->
          value.length() <= LONGEST_TEXT
              ? Optional.empty()
              : Optional.of(
                  new ValueProblem(
                      name,
                      "PROPERTY_VALUE_TOO_LONG",
                      "Property value is longer than " + LONGEST_TEXT + " characters"));
    };
  }

  private static boolean allOptionsKnown(PropertyDefinition property, String value) {
    if (!property.fieldType().equals("checkbox")) {
      return property.options().contains(value);
    }
    return List.of(value.split(";", -1)).stream()
        .filter(option -> !option.isEmpty())
        .allMatch(property.options()::contains);
  }

  /** The values as they will be stored. */
  Map<String, String> normal(Map<String, String> values) {
    Map<String, String> normal = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> normal.put(name, name.equals("email") ? EmailRules.normal(value) : value));
    return normal;
  }
}
