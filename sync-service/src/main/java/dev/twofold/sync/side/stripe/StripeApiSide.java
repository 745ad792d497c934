package dev.twofold.sync.side.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeObjectInterface;
import com.stripe.net.HttpClient;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponse;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.tenant.ApiToken;
import dev.twofold.sync.tenant.Connections;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stripe through stripe-java, with a client for each tenant. */
final class StripeApiSide implements StripeSide {

  private static final long PAGE = 100;

  /** Stripe refuses longer keys with the error of a key used twice, which means something else. */
  private static final int KEY_MAX = 255;

  private record Client(ApiToken token, StripeClient stripe) {}

  /** A call of stripe-java's. */
  private interface Call {
    StripeObjectInterface on(StripeClient stripe) throws StripeException;

    /**
     * Its answer; empty where stripe-java trips over it, as it does over JSON that is no object.
     */
    default Optional<StripeResponse> make(StripeClient stripe) throws StripeException {
      try {
        return Optional.of(on(stripe).getLastResponse());
      } catch (RuntimeException tripped) {
        return Optional.empty();
      }
    }
  }

  /** An answer's JSON and when it ran; or the result that takes its place. */
  private sealed interface Answer {
    record Shown(JsonNode json, CallSpan span) implements Answer {}

    record Failed(CallResult result) implements Answer {}
  }

  private final Connections connections;
  private final StripeSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final HttpClient transport;
  private final JsonMapper json = new JsonMapper();
  private final ConcurrentMap<TenantId, Client> clients = new ConcurrentHashMap<>();

  StripeApiSide(
      Connections connections,
      StripeSettings settings,
      InstantSource clock,
      LongSupplier nanoTime) {
    this(connections, settings, clock, nanoTime, new StripeTransport(settings));
  }

  StripeApiSide(
      Connections connections,
      StripeSettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
      HttpClient transport) {
    this.connections = connections;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.transport = transport;
  }

  @Override
  public CallResult create(TenantId tenant, Write write) {
    RequestOptions options = keyed(write);
    CustomerCreateParams form =
        CustomerCreateParams.builder().putAllExtraParam(StripeForm.ofCreate(write)).build();
    return one(
        call(tenant, write.sinceFirstAttempt(), s -> s.v1().customers().create(form, options)),
        write.shown());
  }

  @Override
  public CallResult update(TenantId tenant, RecordId customer, Write write) {
    RequestOptions options = keyed(write);
    CustomerUpdateParams form =
        CustomerUpdateParams.builder().putAllExtraParam(StripeForm.ofUpdate(write)).build();
    return one(
        call(
            tenant,
            write.sinceFirstAttempt(),
            s -> s.v1().customers().update(customer.id(), form, options)),
        write.shown());
  }

  @Override
  public CallResult read(TenantId tenant, RecordId customer, List<String> shown) {
    return one(call(tenant, Duration.ZERO, s -> s.v1().customers().retrieve(customer.id())), shown);
  }

  /** The address travels in the query, as Stripe offers no other way to look one up at once. */
  @Override
  public Page find(TenantId tenant, @Nullable String email, List<String> shown) {
    CustomerListParams.Builder query = CustomerListParams.builder().setLimit(PAGE);
    return page(tenant, email == null ? query : query.setEmail(email), shown);
  }

  @Override
  public Page list(TenantId tenant, @Nullable String cursor, List<String> shown) {
    CustomerListParams.Builder query = CustomerListParams.builder().setLimit(PAGE);
    return page(tenant, cursor == null ? query : query.setStartingAfter(cursor), shown);
  }

  private static RequestOptions keyed(Write write) {
    if (write.key().isEmpty() || write.key().length() > KEY_MAX) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to 255 characters, came " + write.key().length());
    }
    return RequestOptions.builder().setIdempotencyKey(write.key()).build();
  }

  private static CallResult one(Answer answer, List<String> shown) {
    return switch (answer) {
      case Answer.Failed failed -> failed.result;
      case Answer.Shown shownAs when CustomerJson.isDeleted(shownAs.json) ->
          new CallResult.Gone("the customer was deleted in Stripe");
      case Answer.Shown shownAs when !CustomerJson.isCustomer(shownAs.json) ->
          new CallResult.Unknown("Stripe's answer was no customer");
      case Answer.Shown shownAs ->
          new CallResult.Shown(CustomerJson.snapshot(shownAs.json, shown), shownAs.span);
    };
  }

  private Page page(TenantId tenant, CustomerListParams.Builder query, List<String> shown) {
    CustomerListParams params = query.build();
    Answer answer = call(tenant, Duration.ZERO, s -> s.v1().customers().list(params));
    return switch (answer) {
      case Answer.Failed failed -> new Page.Failed(failed.result);
      case Answer.Shown list when !list.json.path("data").isArray() ->
          new Page.Failed(new CallResult.Unknown("Stripe's answer was no list"));
      case Answer.Shown list -> listed(list, shown);
    };
  }

  private static Page listed(Answer.Shown list, List<String> shown) {
    List<Snapshot> records = new ArrayList<>();
    String last = null;
    for (JsonNode customer : list.json.path("data")) {
      last = customer.path("id").asString();
      if (!CustomerJson.isDeleted(customer)) {
        records.add(CustomerJson.snapshot(customer, shown));
      }
    }
    boolean more = list.json.path("has_more").asBoolean(false);
    return new Page.Listed(records, more ? last : null, list.span);
  }

  private Answer call(TenantId tenant, Duration sinceFirstAttempt, Call call) {
    Optional<ApiToken> token = connections.token(tenant, Side.STRIPE);
    if (token.isEmpty()) {
      return new Answer.Failed(
          new CallResult.Denied("no Stripe API key is set for tenant " + tenant));
    }
    StripeClient stripe = client(tenant, token.get());
    long begun = nanoTime.getAsLong();
    try {
      Optional<StripeResponse> made = call.make(stripe);
      if (made.isEmpty()) {
        return new Answer.Failed(unreadable());
      }
      StripeResponse answer = made.get();
      Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
      CallSpan span =
          CallSpan.around(Objects.requireNonNullElseGet(answer.date(), clock::instant), took)
              .startingEarlier(sinceFirstAttempt)
              .inWholeSeconds();
      return new Answer.Shown(json.readTree(answer.body()), span);
    } catch (StripeException failure) {
      return new Answer.Failed(StripeFailures.of(failure));
    } catch (JacksonException | DateTimeException malformed) {
      return new Answer.Failed(unreadable());
    }
  }

  private static CallResult unreadable() {
    return new CallResult.Unknown("Stripe's answer could not be read");
  }

  private StripeClient client(TenantId tenant, ApiToken token) {
    return clients.compute(
            tenant,
            (same, known) ->
                known != null && known.token.equals(token) ? known : new Client(token, open(token)))
        .stripe;
  }

  private StripeClient open(ApiToken token) {
    return StripeClient.builder()
        .setApiKey(token.secret())
        .setApiBase(settings.apiBase())
        .setMaxNetworkRetries(0)
        .setHttpClient(transport)
        .build();
  }
}
