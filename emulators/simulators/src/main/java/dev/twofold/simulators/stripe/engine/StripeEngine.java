package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.CallLog;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.Faults;
import dev.twofold.simulators.web.HttpDate;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One Stripe account. {@link #handle} answers API calls, {@link #person} does what people do in the
 * Dashboard and at the till, {@link #webhooks} says which events leave when. Not thread-safe:
 * callers see to it that one thread at a time is inside, webhooks included.
 */
public final class StripeEngine {
  private static final int LONGEST_KEY = 255;

  private final StripeSettings settings;
  private final InstantSource clock;
  private Instant lastArrival = Instant.MIN;
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private final RandomIds ids;
  private final StripeLimits limits;
  private final StripeWebhookFormat format;
  private final WebhookSchedule webhooks;
  private final EventLog events;
  private final CustomerBook customers;
  private final PaymentBook payments;
  private final IdempotencyStore idempotency;
  private final StripeRoutes routes;
  private final StripePerson person;

  public StripeEngine(StripeSettings settings, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    faults = new Faults(random);
    ids = new RandomIds(random);
    limits = new StripeLimits(settings);
    format = new StripeWebhookFormat(settings.webhookSecrets());
    webhooks = new WebhookSchedule(format, settings.webhooks(), random);
    events = new EventLog(settings, webhooks, ids, random);
    customers = new CustomerBook(settings, events, ids);
    payments = new PaymentBook(events, ids);
    idempotency = new IdempotencyStore(settings.keyLifetime());
    routes =
        new StripeRoutes(
            new CustomerEndpoints(customers, settings), customers, payments, events, settings);
    person = new StripePerson(customers, payments, events, ids, clock);
  }

  /** Answers one API call that arrives now. */
  public ApiResponse handle(ApiRequest request) {
    return handle(request, clock.instant());
  }

  /**
   * Answers one API call; its effect has happened when this returns.
   *
   * @param arrivedAt when it reached the door, by which limits are counted, as Stripe's are before
   *     anything else; a call that comes to its turn after a later one counts beside that one
   */
  public ApiResponse handle(ApiRequest request, Instant arrivedAt) {
    Instant now = clock.instant();
    lastArrival = arrivedAt.isAfter(lastArrival) ? arrivedAt : lastArrival;
    Optional<Fault> struck = faults.strike(request, now);
    Handling handling = new Handling(request, struck.orElse(null), now);
    ApiResponse answer = handling.answer();
    boolean lost = struck.map(fault -> fault.kind() == Fault.Kind.LOST).orElse(false);
    if (lost) {
      answer = answer.lostOnTheWay();
    }
    String note = struck.map(fault -> "fault: " + fault.kind()).orElse("");
    calls.add(
        new CallLog.Call(lastArrival, StripeRoutes.endpoint(request), answer.status(), lost, note));
    return answer;
  }

  /** One call on its way through authorisation, limits, idempotency and the endpoint. */
  private final class Handling {
    private final ApiRequest request;
    private final @Nullable Fault fault;
    private final Instant now;
    private final String requestId = ids.token("req_", 14);
    private Duration delay = faults.nextDelay();

    Handling(ApiRequest request, @Nullable Fault fault, Instant now) {
      this.request = request;
      this.fault = fault;
      this.now = now;
    }

    ApiResponse answer() {
      ApiResponse answer;
      if (fault != null && fault.kind() == Fault.Kind.OUTAGE) {
        answer = ApiResponse.of(503, Map.of("Content-Type", "text/html"), "<html>503</html>");
      } else {
        answer = admitted();
      }
      return answer.delayedBy(delay).withHeader("Date", HttpDate.of(now));
    }

    private ApiResponse admitted() {
      try {
        authorize(request);
        if (fault != null && fault.kind() == Fault.Kind.STORM) {
          return tooMany(fault.reason().isEmpty() ? "global-rate" : fault.reason());
        }
        Optional<String> reason = limits.refuse(StripeRoutes.endpoint(request), lastArrival);
        if (reason.isPresent()) {
          return tooMany(reason.get());
        }
        return oncePerKey();
      } catch (StripeRefusal refused) {
        return refusal(refused);
      }
    }

    private ApiResponse tooMany(String reason) {
      return refusal(StripeRefusal.rateLimit()).withHeader("Stripe-Rate-Limited-Reason", reason);
    }

    private ApiResponse oncePerKey() {
      Optional<String> key = request.header("idempotency-key").filter(text -> !text.isEmpty());
      if (key.isEmpty() || !request.method().equals("POST")) {
        return underLock(null).response();
      }
      if (key.get().length() > LONGEST_KEY) {
        throw StripeRefusal.keyTooLong();
      }
      String fingerprint = request.path() + "\n" + new TreeMap<>(ApiRequest.parse(request.text()));
      Optional<ApiResponse> stored = idempotency.lookUp(key.get(), fingerprint, now);
      if (stored.isPresent()) {
        return stored
            .get()
            .withHeader("Idempotent-Replayed", "true")
            .withHeader("Request-Id", requestId);
      }
      Outcome outcome = underLock(key.get());
      ApiResponse kept = outcome.stored();
      idempotency.remember(
          key.get(), fingerprint, kept == null ? null : ofKey(kept, key.get()), now, delay);
      return ofKey(outcome.response(), key.get());
    }

    private ApiResponse ofKey(ApiResponse answer, String key) {
      return answer.withHeader("Idempotency-Key", key).withHeader("Original-Request", requestId);
    }

    /** Two writes of one customer follow each other; a long wait ends in a refusal. */
    private Outcome underLock(@Nullable String key) {
      if (fault != null && fault.kind() == Fault.Kind.LOCK) {
        return Outcome.notBegun(locked());
      }
      Optional<Customer> customer = routes.lockedBy(request);
      if (customer.isPresent()) {
        Instant free = customer.get().lockedUntil();
        if (free.isAfter(now.plus(settings.lockTimeout()))) {
          delay = settings.lockTimeout();
          return Outcome.notBegun(locked());
        }
        if (free.isAfter(now)) {
          delay = delay.plus(Duration.between(now, free));
        }
        customer.get().lockUntil(now.plus(delay));
      }
      return execute(key);
    }

    private ApiResponse locked() {
      return refusal(StripeRefusal.lockTimeout()).withHeader("Stripe-Should-Retry", "true");
    }

    private Outcome execute(@Nullable String key) {
      boolean failing = fault != null && fault.kind() == Fault.Kind.ERROR;
      boolean works = !failing || (fault != null && fault.effect());
      try {
        Call call = Call.of(request, new Cause(requestId, key), now);
        ApiResponse done = works ? success(routes.route(call)) : null;
        return failing && fault != null
            ? failure(fault.status(), done)
            : Outcome.storedAsTold(Objects.requireNonNull(done));
      } catch (StripeRefusal refused) {
        ApiResponse answer = refusal(refused);
        return refused.begun() ? Outcome.storedAsTold(answer) : Outcome.notBegun(answer);
      }
    }

    /**
     * A 500 comes from inside and is the outcome. 502 to 504 come from in front: what the call did
     * behind it, if it got there, is stored all the same and replayed to the next attempt.
     */
    private Outcome failure(int status, @Nullable ApiResponse done) {
      ApiResponse answer = refusal(StripeRefusal.serverError(status));
      return status == 500
          ? Outcome.storedAsTold(answer.withHeader("Stripe-Should-Retry", "false"))
          : new Outcome(answer, done);
    }

    private ApiResponse success(ObjectNode body) {
      return ApiResponse.of(200, headers(), Json.text(body));
    }

    private ApiResponse refusal(StripeRefusal refused) {
      return ApiResponse.of(refused.status(), headers(), Json.text(refused.body(requestId)));
    }

    private Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Type", "application/json");
      headers.put("Request-Id", requestId);
      headers.put("Stripe-Version", request.header("stripe-version").orElse(settings.apiVersion()));
      return headers;
    }
  }

  /** What the caller is told, and what its key will replay; nothing where no work had begun. */
  private record Outcome(ApiResponse response, @Nullable ApiResponse stored) {
    static Outcome storedAsTold(ApiResponse answer) {
      return new Outcome(answer, answer);
    }

    static Outcome notBegun(ApiResponse refusal) {
      return new Outcome(refusal, null);
    }
  }

  private void authorize(ApiRequest request) {
    String header = request.header("authorization").orElse("");
    if (header.isEmpty()) {
      throw StripeRefusal.unauthorized(
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
    }
    String key = header.replaceFirst("^Bearer ", "").strip();
    if (header.startsWith("Basic ")) {
      key = basicUser(header.substring(6).strip());
    }
    if (!settings.apiKeys().contains(key)) {
      String shown = key.length() < 12 ? "" : key.substring(0, 8);
      throw StripeRefusal.unauthorized("Invalid API Key provided: " + shown + "***");
    }
  }

  private static String basicUser(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return pair.contains(":") ? pair.substring(0, pair.indexOf(':')) : pair;
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  /** What people do to the account. */
  public StripePerson person() {
    return person;
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
  public StripeState state() {
    return new StripeState(customers, payments, events, idempotency);
  }

  public StripeSettings settings() {
    return settings;
  }

  /** From the next call on, for the account and for every endpoint but search. */
  public void changeLimit(int calls) {
    limits.changeLimit(calls);
  }

  public void changeEndpointLimit(int calls) {
    limits.changeEndpointLimit(calls);
  }

  public int limit() {
    return limits.global();
  }

  /** Rolls the endpoint's secrets: every one given signs, from the next attempt on. */
  public void changeWebhookSecrets(List<String> secrets) {
    format.changeSecrets(secrets);
  }

  /** The share of happenings of which Stripe makes two events instead of one. */
  public void changeTwinRate(double rate) {
    events.changeTwinRate(rate);
  }

  public Instant now() {
    return clock.instant();
  }

  /** As on the first day: no customers, payments, events, keys, calls or faults. */
  public void reset() {
    customers.clear();
    payments.clear();
    events.clear();
    idempotency.clear();
    calls.clear();
    faults.clear();
    limits.clear();
    webhooks.clear();
  }
}
