package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.CallLog;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.Faults;
import dev.twofold.simulators.web.HttpDate;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One HubSpot account. {@link #handle} answers API calls, {@link #person} does what people do in
 * HubSpot's pages, {@link #webhooks} says which notices leave when. Not thread-safe: callers see to
 * it that one thread at a time is inside, webhooks included.
 */
public final class HubSpotEngine {
  private final HubSpotSettings settings;
  private final InstantSource clock;
  private Instant lastArrival = Instant.MIN;
  private final HubSpotAccount account;
  private final EventBook events = new EventBook();
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private final RandomIds ids;
  private final HubSpotLimits limits;
  private final WebhookSchedule webhooks;
  private final Kept contacts;
  private final Kept companies;
  private final OAuthTokens tokens;
  private final Routes routes;

  /** One kind of record, with all that is about it. */
  private record Kept(PropertyCatalog catalog, ContactStore store, HubSpotPerson person) {}

  public HubSpotEngine(HubSpotSettings settings, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    account = new HubSpotAccount(settings);
    faults = new Faults(random);
    ids = new RandomIds(random);
    limits = new HubSpotLimits(settings);
    webhooks =
        new WebhookSchedule(
            new HubSpotWebhookFormat(settings.clientSecret(), this::signedUrl),
            settings.webhooks(),
            random);
    contacts = kept(ObjectKind.CONTACT, random);
    companies = kept(ObjectKind.COMPANY, random);
    tokens = new OAuthTokens(settings, ids);
    routes =
        new Routes(
            List.of(objects(contacts, random), objects(companies, random)),
            new EventEndpoints(events, contacts.store(), ids, settings, account));
  }

  private Kept kept(ObjectKind kind, RandomGenerator random) {
    PropertyCatalog catalog = new PropertyCatalog(kind);
    ContactNotices notices = new ContactNotices(settings, account, webhooks, catalog, random);
    ContactStore store = new ContactStore(catalog, notices, settings, account);
    return new Kept(catalog, store, new HubSpotPerson(store, notices, catalog, clock));
  }

  private Routes.Objects objects(Kept kept, RandomGenerator random) {
    ContactJson json = new ContactJson(kept.catalog(), settings.portalId());
    return new Routes.Objects(
        kept.catalog().kind(),
        new ContactEndpoints(kept.store(), json),
        new BatchEndpoints(kept.store(), kept.catalog(), json, random),
        new SearchEndpoint(kept.store(), kept.catalog(), json),
        new PropertyEndpoints(kept.catalog()));
  }

  private String signedUrl() {
    return webhooks.settings().signedUrl();
  }

  /** Answers one API call that arrives now. */
  public ApiResponse handle(ApiRequest request) {
    return handle(request, clock.instant());
  }

  /**
   * Answers one API call; its effect has happened when this returns.
   *
   * @param arrivedAt when it reached the door, by which limits are counted; a call that comes to
   *     its turn after a later one counts beside that one
   */
  public ApiResponse handle(ApiRequest request, Instant arrivedAt) {
    Instant now = clock.instant();
    lastArrival = arrivedAt.isAfter(lastArrival) ? arrivedAt : lastArrival;
    String path = Routes.normal(request.path());
    String endpoint = Routes.endpoint(request.method(), path);
    Optional<Fault> fault = faults.strike(request, now);
    ApiResponse answer = answer(request, path, fault.orElse(null), now);
    answer = answer.delayedBy(faults.nextDelay()).withHeader("Date", HttpDate.of(now));
    boolean lost = fault.map(struck -> struck.kind() == Fault.Kind.LOST).orElse(false);
    if (lost) {
      answer = answer.lostOnTheWay();
    }
    String note = fault.map(struck -> "fault: " + struck.kind()).orElse("");
    calls.add(new CallLog.Call(lastArrival, endpoint, answer.status(), lost, note));
    return answer;
  }

  private ApiResponse answer(ApiRequest request, String path, @Nullable Fault fault, Instant now) {
    if (fault == null) {
      return serve(request, path, now);
    }
    return switch (fault.kind()) {
      case OUTAGE -> outage();
      case STORM -> error(429, limits.refusal(fault.reason()));
      case LOCK -> error(423, locked());
      case LOST -> serve(request, path, now);
      case ERROR -> {
        if (fault.effect()) {
          serve(request, path, now);
        }
        ApiResponse answer = error(fault.status(), internalError());
        // 477: the account moves to another region.
        yield fault.status() == 477 ? answer.withHeader("Retry-After", "5") : answer;
      }
    };
  }

  /** From the proxy in front, not from HubSpot's own code. */
  private static ApiResponse outage() {
    return ApiResponse.of(
        503,
        Map.of("Content-Type", "text/html"),
        "<html><head><title>503 Service Temporarily Unavailable</title></head></html>");
  }

  private static ObjectNode locked() {
    return Json.object()
        .put("status", "error")
        .put("message", "The resource is locked, wait at least 2 seconds and try again.");
  }

  private static ObjectNode internalError() {
    return Json.object().put("status", "error").put("message", "internal error");
  }

  private ApiResponse serve(ApiRequest request, String path, Instant now) {
    boolean oauth = path.startsWith("/oauth/");
    boolean search = path.startsWith("/crm/") && path.endsWith("/search");
    boolean privateApp = tokens.isPrivateApp(request);
    ApiResponse answer;
    try {
      if (!oauth) {
        tokens.check(request, now);
        Optional<ObjectNode> refusal = limits.refuse(search, lastArrival);
        if (refusal.isPresent()) {
          return withHeaders(
              error(429, refusal.get()), limits.headers(search, privateApp, lastArrival));
        }
      }
      Author app = new Author("INTEGRATION", Long.toString(settings.appId()));
      Call call = new Call(request, path, app, now);
      Reply reply = route(call, oauth);
      answer = success(reply);
    } catch (HubSpotRefusal refused) {
      String correlationId = ids.uuid();
      answer = json(refused.status(), refused.body(correlationId), correlationId);
    }
    return oauth ? answer : withHeaders(answer, limits.headers(search, privateApp, lastArrival));
  }

  private Reply route(Call call, boolean oauth) {
    if (oauth) {
      return tokens.route(call);
    }
    if (call.path().equals("/account-info/v3/details") && call.method().equals("GET")) {
      return Reply.ok(
          Json.object()
              .put("portalId", settings.portalId())
              .put("accountType", "DEVELOPER_TEST")
              .put("timeZone", "UTC")
              .put("companyCurrency", "CHF")
              .put("dataHostingLocation", "na1"));
    }
    return routes.route(call);
  }

  private ApiResponse success(Reply reply) {
    String correlationId = ids.uuid();
    if (reply.body() == null) {
      return ApiResponse.of(reply.status(), Map.of("X-HubSpot-Correlation-Id", correlationId), "");
    }
    return ApiResponse.of(reply.status(), jsonHeaders(correlationId), Json.text(reply.body()));
  }

  private ApiResponse error(int status, ObjectNode body) {
    String correlationId = ids.uuid();
    return json(status, body.put("correlationId", correlationId), correlationId);
  }

  private static ApiResponse json(int status, ObjectNode body, String correlationId) {
    return ApiResponse.of(status, jsonHeaders(correlationId), Json.text(body));
  }

  private static Map<String, String> jsonHeaders(String correlationId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json;charset=utf-8");
    headers.put("X-HubSpot-Correlation-Id", correlationId);
    return headers;
  }

  private static ApiResponse withHeaders(ApiResponse answer, Map<String, String> more) {
    ApiResponse whole = answer;
    for (Map.Entry<String, String> header : more.entrySet()) {
      whole = whole.withHeader(header.getKey(), header.getValue());
    }
    return whole;
  }

  /** What people and other programs do to the account. */
  public HubSpotPerson person() {
    return contacts.person();
  }

  /** The same with the companies of the account. */
  public HubSpotPerson companyPerson() {
    return companies.person();
  }

  public WebhookSchedule webhooks() {
    return webhooks;
  }

  public Faults faults() {
    return faults;
  }

  public CallLog calls() {
    return calls;
  }

  /** Everything inside, for checks. */
  public HubSpotState state() {
    return new HubSpotState(contacts.store(), events);
  }

  /** The companies inside, for checks. */
  public HubSpotState companyState() {
    return new HubSpotState(companies.store(), events);
  }

  /** What can be switched while the account is in use. */
  public HubSpotAccount account() {
    return account;
  }

  public HubSpotSettings settings() {
    return settings;
  }

  /** From the next call on. */
  public void changeLimit(int calls) {
    limits.changeLimit(calls);
  }

  public int limit() {
    return limits.burst().calls();
  }

  public Instant now() {
    return clock.instant();
  }

  /** As on the first day: no contacts, own properties, definitions, calls, notices or faults. */
  public void reset() {
    account.reset();
    for (Kept kept : List.of(contacts, companies)) {
      kept.store().clear();
      kept.catalog().reset();
    }
    events.clear();
    calls.clear();
    faults.clear();
    tokens.clear();
    limits.clear();
    webhooks.clear();
  }
}
