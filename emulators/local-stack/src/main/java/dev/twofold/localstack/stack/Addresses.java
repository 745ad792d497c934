package dev.twofold.localstack.stack;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Where each part is reached, ours or the one that replaces it. */
public final class Addresses {
  private final Map<Part, String> addresses;

  private Addresses(Map<Part, String> addresses) {
    this.addresses = addresses;
  }

  static Addresses of(StackPlan plan) {
    Map<Part, String> addresses = new EnumMap<>(Part.class);
    StackSettings settings = plan.settings();
    for (Part part : Part.values()) {
      addresses.put(part, settings.replacement(part).orElseGet(() -> usual(plan.ports(), part)));
    }
    return new Addresses(addresses);
  }

  static Addresses of(Map<Part, String> addresses) {
    return new Addresses(new EnumMap<>(addresses));
  }

  private static String usual(Ports ports, Part part) {
    return switch (part) {
      case PUBSUB, FIRESTORE, CLOUD_TASKS -> ports.hostAndPort(part);
      case HUBSPOT, STRIPE, INGEST, SYNC -> ports.url(part);
    };
  }

  /** Host and port for the three emulators of Google's, a URL without a final slash otherwise. */
  public String of(Part part) {
    String address = Objects.requireNonNull(addresses.get(part), part::title);
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** The part's address as a URL, also where clients want host and port. */
  public String url(Part part) {
    String address = of(part);
    return address.contains("://") ? address : "http://" + address;
  }
}
