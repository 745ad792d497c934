package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.PurchaseProperty;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.hubspot.HubSpotApi.Definition;
import dev.twofold.sync.side.hubspot.HubSpotApi.DefinitionProperty;
import dev.twofold.sync.side.hubspot.HubSpotApi.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Makes in one account what the sync needs, where it is not there. May be repeated: what is there
 * is only looked at.
 */
final class HubSpotSetUp {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final HubSpotApi api;
  private final HubSpotFailures failures;
  private final String bearer;
  private final List<String> report = new ArrayList<>();
  private final Map<String, Property> there = new HashMap<>();

  HubSpotSetUp(HubSpotApi api, HubSpotFailures failures, String bearer) {
    this.api = api;
    this.failures = failures;
    this.bearer = bearer;
  }

  /** What was found and made, line by line. */
  List<String> report() {
    return List.copyOf(report);
  }

  /**
   * The property by which a contact names its customer, the one that says who made it, and those
   * that show the latest purchase. One call, and one more for each that is missing.
   */
  void properties() {
    HubSpotApi.Properties body = call(() -> api.properties(bearer)).getBody();
    List<Property> listed = body == null ? null : body.results();
    for (Property property : Objects.requireNonNullElse(listed, List.<Property>of())) {
      there.put(Objects.requireNonNullElse(property.name(), ""), property);
    }
    property(
        text(
                HubSpotApiSide.MARK,
                "Stripe customer id",
                "The customer this contact is kept equal to.")
            .unique());
    property(
        text(
            HubSpotApiSide.ORIGIN,
            "Stripe sync origin",
            "Where a contact came from that the sync has made."));
    for (PurchaseProperty shown : PurchaseProperty.values()) {
      property(latestPurchase(shown));
    }
  }

  private static Wanted latestPurchase(PurchaseProperty shown) {
    String type =
        switch (shown) {
          case ID, CURRENCY -> "string";
          case AMOUNT -> "number";
          case TIME -> "datetime";
        };
    String fieldType =
        switch (shown) {
          case ID, CURRENCY -> "text";
          case AMOUNT -> "number";
          case TIME -> "date";
        };
    return new Wanted(
        new Property(
            shown.property(),
            shown.label(),
            "contactinformation",
            type,
            fieldType,
            "Of the latest purchase in Stripe; filled where the account has no custom events.",
            false));
  }

  private record Wanted(Property property) {
    Wanted unique() {
      return new Wanted(
          new Property(
              property.name(),
              property.label(),
              property.groupName(),
              property.type(),
              property.fieldType(),
              property.description(),
              true));
    }
  }

  private static Wanted text(String name, String label, String description) {
    return new Wanted(
        new Property(name, label, "contactinformation", "string", "text", description, false));
  }

  private void property(Wanted wanted) {
    String name = Objects.requireNonNull(wanted.property.name());
    Optional<Property> known = Optional.ofNullable(there.get(name));
    if (known.isEmpty()) {
      if (made(() -> api.define(bearer, wanted.property))) {
        report.add("contact property " + name + ": made");
        return;
      }
      // Somebody was quicker, or it lies archived where a read does not show it.
      known = find(name);
    }
    Property found =
        known.orElseThrow(() ->
            refused(
                "the contact property %s is taken, perhaps by an archived one; restore it or"
                        .formatted(name)
                    + " delete it for good in HubSpot's property settings"));
    check(name, wanted.property, found);
    report.add("contact property " + name + ": found");
  }

  private static void check(String name, Property wanted, Property found) {
    if (!Objects.equals(wanted.type(), found.type())) {
      throw refused(
          "the contact property %s exists with the type %s and has to be %s; rename it or"
                  .formatted(name, found.type(), wanted.type())
              + " delete it for good in HubSpot's property settings");
    }
    if (Boolean.TRUE.equals(wanted.hasUniqueValue())
        && !Boolean.TRUE.equals(found.hasUniqueValue())) {
      throw refused(
          "the contact property %s exists, but its values need not be unique, which HubSpot allows"
                  .formatted(name)
              + " to set at creation only; rename it or delete it for good in HubSpot's property"
              + " settings");
    }
  }

  private Optional<Property> find(String name) {
    try {
      return Optional.ofNullable(call(() -> api.property(bearer, name)).getBody());
    } catch (RestClientResponseException refused) {
      if (refused.getStatusCode().value() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed(refused);
    }
  }

  /** The kind of event that purchases become; its full name, where the account may have it. */
  Optional<String> event() {
    try {
      Optional<String> there = call(() -> findEvent(api, bearer));
      if (there.isPresent()) {
        report.add("event definition " + there.get() + ": found");
        return there;
      }
      boolean made = made(() -> api.define(bearer, definition()));
      Optional<String> name = call(() -> findEvent(api, bearer));
      report.add(
          name.map(full -> "event definition " + full + (made ? ": made" : ": found"))
              .orElse(
                  "event definition " + PurchaseSender.EVENT + ": made, and not yet to be seen"));
      return name;
    } catch (RestClientResponseException refused) {
      if (refused.getStatusCode().value() != FORBIDDEN) {
        throw failed(refused);
      }
      report.add(
          "event definition "
              + PurchaseSender.EVENT
              + ": HubSpot allows no custom events here; they need an Enterprise tier and the scope"
              + " behavioral_events.event_definitions.read_write. Contacts show their latest"
              + " purchase in properties instead");
      return Optional.empty();
    }
  }

  /** The full name of our kind of event, if it is defined. One call. */
  static Optional<String> findEvent(HubSpotApi api, String bearer) {
    HubSpotApi.Definitions found = api.definitions(bearer, PurchaseSender.EVENT).getBody();
    List<Definition> results = found == null ? null : found.results();
    return Objects.requireNonNullElse(results, List.<Definition>of()).stream()
        .filter(definition -> PurchaseSender.EVENT.equals(definition.name()))
        .map(Definition::fullyQualifiedName)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Definition definition() {
    return new Definition(
        "Stripe purchase",
        PurchaseSender.EVENT,
        "CONTACT",
        false,
        List.of(
            new DefinitionProperty("amount", "Amount", "number"),
            new DefinitionProperty("currency", "Currency", "string"),
            new DefinitionProperty("purchase_id", "Purchase id", "string"),
            new DefinitionProperty("customer_id", "Customer id", "string")),
        null);
  }

  /** Whether it was made; false when it was there. */
  private boolean made(Supplier<? extends ResponseEntity<?>> making) {
    try {
      call(making);
      return true;
    } catch (RestClientResponseException refused) {
      if (refused.getStatusCode().value() == CONFLICT) {
        return false;
      }
      if (refused.getStatusCode().value() == FORBIDDEN) {
        throw refused;
      }
      throw failed(refused);
    }
  }

  /** Answers go up as they are; a call without an answer ends the set-up. */
  private <T> T call(Supplier<T> calling) {
    try {
      return calling.get();
    } catch (RestClientResponseException answered) {
      throw answered;
    } catch (RestClientException broken) {
      throw failed(broken);
    }
  }

  /** The failure in words without a person's data; causes are left out as they quote bodies. */
  RuntimeException failed(RestClientException failure) {
    return switch (failures.of(failure, false)) {
      case CallResult.Unknown unknown -> again(unknown.words());
      case CallResult.Down down -> again(down.words());
      case CallResult.Locked locked -> again(locked.words());
      case CallResult.Limited limited -> again("HubSpot asks for fewer calls: " + limited.scope());
      case CallResult.Unavailable unavailable -> refused(unavailable.words());
      case CallResult.Denied denied -> refused("HubSpot does not let us in: " + denied.words());
      case CallResult.Refused refused -> refused("HubSpot refuses: " + refused.words());
      case CallResult.Gone gone -> refused("HubSpot refuses: " + gone.words());
      case CallResult.Exists exists -> refused("HubSpot refuses: " + exists.words());
      case CallResult.FailedBefore before -> refused("HubSpot refuses: " + before.words());
      case CallResult.Shown shown -> throw new IllegalStateException("a failure is no success");
      case CallResult.Accepted accepted -> throw new IllegalStateException("nor accepted");
    };
  }

  private static RetryableFailure again(String words) {
    return new RetryableFailure(Stage.CALLING, words + "; run setup again", null);
  }

  private static PermanentFailure refused(String words) {
    return new PermanentFailure(Stage.CALLING, words, null);
  }
}
