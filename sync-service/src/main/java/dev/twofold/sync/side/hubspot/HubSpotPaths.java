package dev.twofold.sync.side.hubspot;

import java.util.Map;

/**
 * Where each group of calls is in a version of the API: the one place that knows.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/overview">Dated
 *     versions</a>
 */
final class HubSpotPaths {

  private HubSpotPaths() {}

  /** The paths by the names that {@link HubSpotApi} uses. */
  static Map<String, String> of(String version) {
    return version.equals("v3")
        ? Map.of(
            "contacts", "/crm/v3/objects/contacts",
            "properties", "/crm/v3/properties/contacts",
            "events", "/events/v3")
        : Map.of(
            "contacts", "/crm/objects/" + version + "/contacts",
            "properties", "/crm/properties/" + version + "/contacts",
            "events", "/events/custom/" + version);
  }
}
