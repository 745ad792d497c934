package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.HubSpotSide.PurchaseEvent;
import dev.twofold.sync.tenant.Connections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Sends purchases as custom events.
 *
 * <p>An event bears a name that begins with the account's id. The first send of a process looks it
 * up, as its one call, and answers that it is to be sent again. An account that has no such events
 * is asked again an hour later.
 */
final class PurchaseSender {

  /** What purchases become; also the field of the refusal when the account has no such events. */
  static final String EVENT = "stripe_purchase";

  private static final int FORBIDDEN = 403;

  /** How long an account that has no custom events is taken to have none. */
  private static final Duration EVENTS_ASKED_AGAIN = Duration.ofHours(1);

  private final Connections connections;
  private final HubSpotApi api;
  private final HubSpotFailures failures;
  private final InstantSource clock;
  private final ConcurrentMap<TenantId, String> eventNames = new ConcurrentHashMap<>();
  private final ConcurrentMap<TenantId, Instant> withoutEvents = new ConcurrentHashMap<>();

  PurchaseSender(
      Connections connections, HubSpotApi api, HubSpotFailures failures, InstantSource clock) {
    this.connections = connections;
    this.api = api;
    this.failures = failures;
    this.clock = clock;
  }

  /** Tells the full name of the tenant's event, which need not be looked up then. */
  void named(TenantId tenant, String name) {
    eventNames.put(tenant, name);
  }

  /** Sends events, no more of them than one call carries. */
  BatchResult send(TenantId tenant, List<PurchaseEvent> events) {
    if (events.isEmpty()) {
      return new BatchResult.Rows(List.of());
    }
    if (withoutEvents.getOrDefault(tenant, Instant.MIN).isAfter(clock.instant())) {
      return new BatchResult.Whole(new CallResult.Unavailable("the account has no custom events"));
    }
    String name = eventNames.get(tenant);
    if (name == null) {
      return new BatchResult.Whole(lookUpEvent(tenant));
    }
    HubSpotApi.Events inputs =
        new HubSpotApi.Events(
            events.stream().map(event -> PurchaseEvents.event(name, event)).toList());
    Optional<String> bearer = HubSpotApiSide.bearer(connections, tenant);
    if (bearer.isEmpty()) {
      return new BatchResult.Whole(HubSpotApiSide.unset(tenant));
    }
    try {
      api.send(bearer.get(), inputs);
      return new BatchResult.Rows(
          events.stream().<CallResult>map(event -> new CallResult.Accepted()).toList());
    } catch (RestClientException failure) {
      CallResult result = ofEvents(tenant, failure);
      if (result instanceof CallResult.Refused refused && refused.words().contains(name)) {
        // The definition may have been deleted and made again.
        eventNames.remove(tenant, name);
      }
      return new BatchResult.Whole(result);
    }
  }

  private CallResult lookUpEvent(TenantId tenant) {
    Optional<String> bearer = HubSpotApiSide.bearer(connections, tenant);
    if (bearer.isEmpty()) {
      return HubSpotApiSide.unset(tenant);
    }
    try {
      Optional<String> name = HubSpotSetUp.findEvent(api, bearer.get());
      if (name.isEmpty()) {
        return new CallResult.Refused(
            EVENT, "the event definition " + EVENT + " is not there; run setup");
      }
      eventNames.put(tenant, name.get());
      return new CallResult.Locked("the event's full name has just been looked up; send again");
    } catch (RestClientException failure) {
      return ofEvents(tenant, failure);
    }
  }

  /** Without the tier every call about events is forbidden, and with it the rest still works. */
  private CallResult ofEvents(TenantId tenant, RestClientException failure) {
    CallResult result = failures.of(failure, false);
    if (failure instanceof RestClientResponseException answered
        && answered.getStatusCode().value() == FORBIDDEN
        && result instanceof CallResult.Denied denied) {
      withoutEvents.put(tenant, clock.instant().plus(EVENTS_ASKED_AGAIN));
      return new CallResult.Unavailable(
          "HubSpot takes no custom events from this account; they need an Enterprise tier and"
              + " the scope analytics.behavioral_events.send. It said: "
              + denied.words());
    }
    return result;
  }
}
