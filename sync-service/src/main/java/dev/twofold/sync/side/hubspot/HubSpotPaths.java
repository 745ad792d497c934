package dev.twofold.sync.side.hubspot;

import java.util.Map;

/**
 * Where each group of calls is in a version of the API: the one place that knows.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/overview">Dated
 *     versions</a>
 */
final class HubSpotPaths {

  private static final Map<String, String> PLURALS =
      Map.of("contact", "contacts", "company", "companies");

  private HubSpotPaths() {}

  /** How the records of that type are called in paths. */
  static String plural(String type) {
    String plural = PLURALS.get(type);
    if (plural == null) {
      throw new IllegalArgumentException(
          "expected one of HubSpot's types " + PLURALS.keySet() + ", came '" + type + "'");
    }
    return plural;
  }

  /** The paths by the names that {@link HubSpotApi} uses. */
  static Map<String, String> of(String version) {
    return version.equals("v3")
        ? Map.of(
            "objects", "/crm/v3/objects",
            "properties", "/crm/v3/properties/contacts",
            "events", "/events/v3")
        : Map.of(
            "objects", "/crm/objects/" + version,
            "properties", "/crm/properties/" + version + "/contacts",
            "events", "/events/custom/" + version);
  }
}
