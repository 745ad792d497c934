package dev.twofold.sync.mapping;

import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable version of everything that is mapped between one kind of record on either side.
 *
 * @param version rises by one with every change; a link carries the version it was last merged with
 * @param hubspotType the type of HubSpot's records, such as {@code contact}
 * @param stripeType the type of Stripe's records, such as {@code customer}
 * @param matchByEmail whether two strangers with one address are taken for one person
 */
public record Mappings(
    int version,
    String hubspotType,
    String stripeType,
    boolean matchByEmail,
    List<FieldMapping> fields) {

  private static final int FIELDS_MAX = 100;

  /** HubSpot makes no record without one of these, by its type. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "contact", Set.of("email", "firstname", "lastname"), "company", Set.of("name", "domain"));

  public Mappings {
    fields = List.copyOf(fields);
    if (version < 1) {
      throw new IllegalArgumentException("a mapping version is 1 or more, came " + version);
    }
    if (fields.isEmpty() || fields.size() > FIELDS_MAX) {
      throw new MappingRefused("all", "expected 1 to 100 fields, came " + fields.size());
    }
    Set<String> taken = new HashSet<>();
    for (FieldMapping field : fields) {
      refuseIfTaken(taken, field, "name " + field.name());
      refuseIfTaken(taken, field, "Stripe path " + field.stripePath());
      for (String property : field.hubspotProperties()) {
        refuseIfTaken(taken, field, "HubSpot property " + property);
      }
    }
  }

  private static void refuseIfTaken(Set<String> taken, FieldMapping field, String what) {
    if (!taken.add(what)) {
      throw new MappingRefused(field.name().value(), what + " is mapped twice");
    }
  }

  /**
   * What a new tenant starts with: e-mail, first and last name, and phone, both ways; and one more
   * text field as an example, switched off.
   */
  public static Mappings defaults() {
    List<FieldMapping> fields = new ArrayList<>();
    fields.add(FieldMapping.both("email", FieldKind.EMAIL, List.of("email"), "email"));
    fields.add(FieldMapping.both("name", FieldKind.NAME, List.of("firstname", "lastname"), "name"));
    fields.add(FieldMapping.both("phone", FieldKind.PHONE, List.of("phone"), "phone"));
    fields.add(
        FieldMapping.both(
                "owner", FieldKind.TEXT, List.of("hubspot_owner_id"), "metadata.hubspot_owner")
            .directed(Direction.OFF));
    return new Mappings(1, "contact", "customer", true, fields);
  }

  /** Every mapped property of that side whose field is not off. */
  public List<String> properties(Side side) {
    return active().stream().flatMap(field -> field.properties(side).stream()).toList();
  }

  /** The fields that are not off. */
  public List<FieldMapping> active() {
    return fields.stream().filter(field -> field.direction() != Direction.OFF).toList();
  }

  /** The field that carries the e-mail address, if one is mapped. */
  public Optional<FieldMapping> email() {
    return active().stream().filter(field -> field.kind() == FieldKind.EMAIL).findFirst();
  }

  /** The field of that name. */
  public Optional<FieldMapping> field(FieldName name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The field that the property of that side belongs to. */
  public Optional<FieldMapping> ofProperty(Side side, String property) {
    return fields.stream().filter(field -> field.properties(side).contains(property)).findFirst();
  }

  /** Whether a record of that side can be made of these values. */
  public boolean isEnough(Side side, Map<String, String> values) {
    Set<String> needed = side == Side.HUBSPOT ? NEEDED.get(hubspotType) : null;
    return needed == null
        ? values.values().stream().anyMatch(value -> !value.isBlank())
        : needed.stream().anyMatch(name -> !values.getOrDefault(name, "").isBlank());
  }

  /** The type of that side's records. */
  public String type(Side side) {
    return side == Side.HUBSPOT ? hubspotType : stripeType;
  }
}
