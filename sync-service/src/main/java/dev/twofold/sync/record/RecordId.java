package dev.twofold.sync.record;

import java.util.regex.Pattern;

/**
 * A record of one system, such as a HubSpot contact or a Stripe customer, by the id that system
 * gave it. Refuses ids that could not stand in a document id or a URL path.
 */
public record RecordId(Side side, String type, String id) {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,200}");

  public RecordId {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("a record type is a-z, 0-9 and _, came '" + type + "'");
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a record id is 1 to 200 of A-Z, a-z, 0-9 and _, came " + id.length() + " characters");
    }
  }

  /** The HubSpot contact of that id. */
  public static RecordId contact(String id) {
    return new RecordId(Side.HUBSPOT, "contact", id);
  }

  /** The Stripe customer of that id. */
  public static RecordId customer(String id) {
    return new RecordId(Side.STRIPE, "customer", id);
  }

  /** Side, type and id in one word; unique over both systems. */
  public String key() {
    return side.label() + "-" + type + "-" + id;
  }

  /**
   * The record whose {@link #key()} this is.
   *
   * @throws IllegalArgumentException if it is not a key
   */
  public static RecordId ofKey(String key) {
    String[] parts = key.split("-", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("expected side-type-id, came '" + key + "'");
    }
    return new RecordId(Side.ofLabel(parts[0]), parts[1], parts[2]);
  }

  @Override
  public String toString() {
    return key();
  }
}
