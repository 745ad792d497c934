package dev.twofold.localstack.cli;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.StackPlan;
import dev.twofold.localstack.stack.StackSettings;
import java.util.List;
import java.util.Map;

/** Where everything is and with which settings, as a person reads it. */
final class AddressTable {
  private static final String ROW = "  %-22s %s%n";

  private final StackPlan plan;
  private final Addresses addresses;

  AddressTable(StackPlan plan, Addresses addresses) {
    this.plan = plan;
    this.addresses = addresses;
  }

  String text() {
    StackSettings settings = StackSettings.from(plan.environment());
    StringBuilder text = new StringBuilder();
    text.append("Open in a browser\n");
    for (Part side : List.of(Part.HUBSPOT, Part.STRIPE)) {
      if (settings.replacement(side).isEmpty()) {
        text.append(ROW.formatted(side.title(), addresses.of(side) + "/"));
      }
    }
    text.append(ROW.formatted("who is whom", addresses.of(Part.SYNC) + "/links?email=…"));
    text.append("Listening\n");
    for (Part part : Part.values()) {
      String given = settings.replacement(part).isPresent() ? "   (given, not started)" : "";
      text.append(ROW.formatted(part.title(), addresses.of(part) + given));
    }
    text.append("Settings (local defaults are not secret)\n");
    for (Map.Entry<String, String> setting : settings.printable().entrySet()) {
      text.append(ROW.formatted(setting.getKey(), setting.getValue()));
    }
    text.append("Logs\n")
        .append(ROW.formatted("capped files in", plan.runFolder().resolve("logs")));
    return text.toString();
  }
}
