package dev.twofold.sync.mapping;

import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One field and where it lives on both sides. Refuses, with the field and the reason, a mapping
 * that could not work.
 *
 * @param hubspotProperties one property; first and last name for {@link FieldKind#NAME}
 * @param stripePath {@code email}, {@code metadata.x} or {@code address.city}
 * @param choices the values HubSpot offers for {@link FieldKind#CHOICE}; any other would be refused
 *     there, so it is held
 */
public record FieldMapping(
    FieldName name,
    FieldKind kind,
    List<String> hubspotProperties,
    String stripePath,
    Direction direction,
    ConflictPolicy policy,
    Clearing clearing,
    Set<String> choices) {

  private static final String PROPERTY = "[a-z][a-z0-9_]{0,99}";
  private static final String ADDRESS = "(city|country|line1|line2|postal_code|state)";
  private static final Pattern PATH =
      Pattern.compile(
          "(email|name|phone|description|(metadata\\.[^\\[\\].]{1,40})|(address\\."
              + ADDRESS
              + ")|(shipping\\.(name|phone|address\\."
              + ADDRESS
              + ")))");

  /** What the sync itself keeps on either side's records. */
  private static final Set<String> OURS =
      Set.of("stripe_customer_id", "stripe_sync_origin", "metadata.hubspot_contact_id");

  public FieldMapping {
    hubspotProperties = List.copyOf(hubspotProperties);
    choices = Set.copyOf(choices);
    if (hubspotProperties.size() != kind.hubspotParts()) {
      throw new MappingRefused(
          name.value(),
          "expected %d HubSpot properties for kind %s, came %d"
              .formatted(kind.hubspotParts(), kind, hubspotProperties.size()));
    }
    for (String property : hubspotProperties) {
      if (!property.matches(PROPERTY)) {
        throw new MappingRefused(name.value(), "'" + property + "' is no HubSpot property name");
      }
    }
    if (!PATH.matcher(stripePath).matches()) {
      throw new MappingRefused(
          name.value(),
          "'%s' is no Stripe path; use email, name, phone, description, metadata.x, address.city"
                  .formatted(stripePath)
              + " or shipping.address.city");
    }
    refuseWhatIsOurs(name, hubspotProperties, stripePath);
    if (kind == FieldKind.EMAIL && !stripePath.equals("email")) {
      throw new MappingRefused(name.value(), "kind EMAIL goes with the Stripe path email only");
    }
    if (kind == FieldKind.CHOICE && choices.isEmpty()) {
      throw new MappingRefused(name.value(), "kind CHOICE needs the choices that HubSpot offers");
    }
    if (kind != FieldKind.CHOICE && !choices.isEmpty()) {
      throw new MappingRefused(name.value(), "only kind CHOICE has choices, this is " + kind);
    }
  }

  /** Whether a field can be mapped to that path of a Stripe customer. */
  public static boolean isStripePath(String path) {
    return PATH.matcher(path).matches() && !OURS.contains(path);
  }

  private static void refuseWhatIsOurs(FieldName name, List<String> properties, String path) {
    for (String each : properties) {
      if (OURS.contains(each)) {
        throw new MappingRefused(name.value(), "HubSpot property " + each + " is the sync's own");
      }
    }
    if (OURS.contains(path)) {
      throw new MappingRefused(name.value(), "Stripe path " + path + " is the sync's own");
    }
  }

  /** A field that travels both ways, the latest change winning and clearing propagated. */
  public static FieldMapping both(
      String name, FieldKind kind, List<String> hubspotProperties, String stripePath) {
    return new FieldMapping(
        new FieldName(name),
        kind,
        hubspotProperties,
        stripePath,
        Direction.BOTH,
        ConflictPolicy.LATEST,
        Clearing.PROPAGATE,
        Set.of());
  }

  /** The same field in another direction. */
  public FieldMapping directed(Direction changed) {
    return new FieldMapping(
        name, kind, hubspotProperties, stripePath, changed, policy, clearing, choices);
  }

  /** The same field under another policy. */
  public FieldMapping under(ConflictPolicy changed) {
    return new FieldMapping(
        name, kind, hubspotProperties, stripePath, direction, changed, clearing, choices);
  }

  /** The names of the properties on that side, in the order of the value's parts. */
  public List<String> properties(Side side) {
    return side == Side.HUBSPOT ? hubspotProperties : List.of(stripePath);
  }
}
