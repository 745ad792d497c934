package dev.twofold.simulators.hubspot.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The properties and groups of one kind of record, HubSpot's own first. Creation keeps HubSpot's
 * rules: names, type and field type pairs, at most ten unique properties, no name twice.
 */
final class PropertyCatalog {
  private static final int MOST_UNIQUE = 10;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Map<String, Set<String>> FIELD_TYPES =
      Map.of(
          "bool", Set.of("booleancheckbox", "calculation_equation"),
          "enumeration",
              Set.of("booleancheckbox", "checkbox", "radio", "select", "calculation_equation"),
          "date", Set.of("date"),
          "datetime", Set.of("date"),
          "string",
              Set.of("file", "text", "textarea", "calculation_equation", "html", "phonenumber"),
          "number", Set.of("number", "calculation_equation"),
          "phone_number", Set.of("phonenumber"));
  private static final List<String> TEXTS =
      List.of(
          "website",
          "address",
          "city",
          "state",
          "zip",
          "country",
          "fax",
          "industry",
          "hubspot_owner_id");
  private static final List<String> COMPUTED_TEXTS =
      List.of(
          "hs_email_domain",
          "hs_all_contact_vids",
          "hs_additional_emails",
          "hs_merged_object_ids",
          "hs_object_source",
          "hs_object_source_id",
          "hs_object_source_label",
          "hs_full_name_or_email",
          "hs_pipeline");
  private static final List<String> EMPLOYEES =
      List.of("1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+");
  private static final List<String> LIFECYCLE =
      List.of(
          "subscriber",
          "lead",
          "marketingqualifiedlead",
          "salesqualifiedlead",
          "opportunity",
          "customer",
          "evangelist",
          "other");

  private final Map<String, PropertyDefinition> properties = new LinkedHashMap<>();
  private final Map<String, String> groups = new LinkedHashMap<>();

  private final ObjectKind kind;

  PropertyCatalog(ObjectKind kind) {
    this.kind = kind;
    reset();
  }

  /** Whose properties they are. */
  ObjectKind kind() {
    return kind;
  }

  void reset() {
    properties.clear();
    groups.clear();
    groups.put(kind.group(), kind.title() + " information");
    groups.put("emailinformation", "Email information");
    kind.naming().forEach(name -> define(name, "string", "text", false));
    kind.texts().forEach(name -> define(name, "string", "text", false));
    TEXTS.forEach(name -> define(name, "string", "text", false));
    define("phone", "string", "phonenumber", false);
    define("mobilephone", "string", "phonenumber", false);
    define("numemployees", "enumeration", "select", false, EMPLOYEES);
    define("lifecyclestage", "enumeration", "radio", false, LIFECYCLE);
    define("closedate", "datetime", "date", false);
    define("createdate", "datetime", "date", true);
    define("lastmodifieddate", "datetime", "date", true);
    define("hs_object_id", "number", "number", true);
    COMPUTED_TEXTS.forEach(name -> define(name, "string", "text", true));
    define("hs_is_contact", "bool", "booleancheckbox", true);
    define("hs_is_unworked", "bool", "booleancheckbox", true);
  }

  private void define(String name, String type, String fieldType, boolean readOnly) {
    define(name, type, fieldType, readOnly, List.of());
  }

  private void define(
      String name, String type, String fieldType, boolean readOnly, List<String> options) {
    properties.put(
        name,
        new PropertyDefinition(
            name, name, kind.group(), type, fieldType, "", false, readOnly, options, null));
  }

  Optional<PropertyDefinition> find(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  boolean isUnique(String name) {
    return find(name).map(PropertyDefinition::hasUniqueValue).orElse(false);
  }

  Collection<PropertyDefinition> all() {
    return properties.values();
  }

  Map<String, String> groups() {
    return groups;
  }

  PropertyDefinition create(PropertyDefinition wanted) {
    if (!NAME.matcher(wanted.name()).matches()) {
      throw HubSpotRefusal.invalid(
          "Property name '"
              + wanted.name()
              + "' must start with a letter and contain only"
              + " lowercase letters, numbers and underscores");
    }
    if (!FIELD_TYPES.getOrDefault(wanted.type(), Set.of()).contains(wanted.fieldType())) {
      throw HubSpotRefusal.invalid(
          "Property type '"
              + wanted.type()
              + "' and field type '"
              + wanted.fieldType()
              + "' do not go together");
    }
    if (properties.containsKey(wanted.name())) {
      throw new HubSpotRefusal(
          409, "OBJECT_ALREADY_EXISTS", "A property named '" + wanted.name() + "' already exists.");
    }
    if (!groups.containsKey(wanted.groupName())) {
      throw HubSpotRefusal.invalid("Property group '" + wanted.groupName() + "' does not exist");
    }
    if (wanted.type().equals("enumeration") && wanted.options().isEmpty()) {
      throw HubSpotRefusal.invalid("An enumeration property needs options");
    }
    long unique = properties.values().stream().filter(PropertyDefinition::hasUniqueValue).count();
    if (wanted.hasUniqueValue() && unique >= MOST_UNIQUE) {
      throw HubSpotRefusal.invalid(
          "You've reached the limit of " + MOST_UNIQUE + " unique value properties");
    }
    properties.put(wanted.name(), wanted);
    return wanted;
  }

  void archive(String name) {
    PropertyDefinition there = find(name).orElseThrow(HubSpotRefusal::notFound);
    if (there.hubSpotDefined()) {
      throw HubSpotRefusal.invalid("Property '" + name + "' is HubSpot-defined");
    }
    properties.remove(name);
  }

  void createGroup(String name, String label) {
    if (groups.containsKey(name)) {
      throw new HubSpotRefusal(
          409, "OBJECT_ALREADY_EXISTS", "A property group named '" + name + "' already exists.");
    }
    groups.put(name, label);
  }

  static boolean movesForward(String from, String to) {
    return from.isEmpty() || to.isEmpty() || LIFECYCLE.indexOf(to) >= LIFECYCLE.indexOf(from);
  }
}
