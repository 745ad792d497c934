package dev.twofold.simulators.hubspot.engine;

/** Who made a change, in HubSpot's words: {@code changeSource} and {@code sourceId}. */
public record Author(String changeSource, String sourceId) {
  /** A person in HubSpot's own pages. */
  public static Author person() {
    return new Author("CRM_UI", "userId:9001");
  }

  /** Another way in: {@code IMPORT}, {@code FORM}, {@code CRM_UI_BULK_ACTION} and so on. */
  public static Author of(String changeSource) {
    return switch (changeSource) {
      case "CRM_UI", "CRM_UI_BULK_ACTION" -> new Author(changeSource, "userId:9001");
      case "INTEGRATION" -> new Author(changeSource, "424242");
      default -> new Author(changeSource, changeSource + ":1");
    };
  }
}
