package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.record.FieldName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Fields beyond the usual ones, one of each kind, and what people enter into them. */
final class ExtraFields {

  static final FieldMapping COMPANY =
      FieldMapping.both("company", FieldKind.TEXT, List.of("company"), "metadata.company");
  static final FieldMapping CITY =
      FieldMapping.both("city", FieldKind.TEXT, List.of("city"), "address.city");
  static final FieldMapping SEATS =
      FieldMapping.both("seats", FieldKind.NUMBER, List.of("seats"), "metadata.seats");
  static final FieldMapping VIP =
      FieldMapping.both("vip", FieldKind.BOOLEAN, List.of("vip"), "metadata.vip");
  static final FieldMapping RENEWAL =
      FieldMapping.both("renewal", FieldKind.DATE, List.of("renewal"), "metadata.renewal");
  static final FieldMapping SIZE =
      new FieldMapping(
          new FieldName("size"),
          FieldKind.CHOICE,
          List.of("numemployees"),
          "metadata.size",
          Direction.BOTH,
          ConflictPolicy.LATEST,
          Clearing.PROPAGATE,
          Set.of("1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"));

  static final List<FieldMapping> ALL = List.of(COMPANY, CITY, SEATS, VIP, RENEWAL, SIZE);

  /** What goes into each, by the field's name; some of it HubSpot refuses. */
  static final Map<String, List<String>> VALUES =
      Map.of(
          "company", PersonalData.COMPANIES,
          "city", PersonalData.CITIES,
          "seats", List.of("5", "12.5", "7", "many"),
          "vip", List.of("true", "false", "perhaps"),
          "renewal", List.of("2027-01-31", "2027-02-28", "in spring"),
          "size", List.of("1-5", "5-25", "25-50", "huge"));

  /** The properties whose changes HubSpot tells us of. */
  static final Set<String> SUBSCRIPTIONS = subscriptions();

  private ExtraFields() {}

  private static Set<String> subscriptions() {
    Set<String> names = new TreeSet<>(HubSpotSettings.USUAL_SUBSCRIPTIONS);
    ALL.forEach(field -> names.addAll(field.hubspotProperties()));
    return Set.copyOf(names);
  }

  /** Makes the properties that HubSpot does not come with. */
  static void defineIn(HubSpotEngine hubspot) {
    define(hubspot, "seats", "number", "number");
    define(hubspot, "vip", "bool", "booleancheckbox");
    define(hubspot, "renewal", "date", "date");
  }

  private static void define(HubSpotEngine hubspot, String name, String type, String fieldType) {
    String body =
        """
        {"name":"%s","label":"%s","groupName":"contactinformation","type":"%s","fieldType":"%s"}\
        """
            .formatted(name, name, type, fieldType);
    ApiResponse answer =
        hubspot.handle(
            ApiRequest.of(
                "POST",
                "/crm/v3/properties/contacts",
                Map.of(
                    "authorization",
                    "Bearer pat-local-twofold",
                    "content-type",
                    "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    if (answer.status() != 201) {
      throw new IllegalStateException("expected property " + name + ", came " + answer.text());
    }
  }
}
